package dev.tophalf.runtime.irq;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.sched.Choice;
import dev.tophalf.runtime.sched.Decider;
import dev.tophalf.runtime.sched.Option;
import dev.tophalf.runtime.trace.IrqLineChanged;
import dev.tophalf.runtime.trace.IrqLineChanged.Step;
import dev.tophalf.runtime.trace.IrqStorm;
import dev.tophalf.runtime.trace.LocalIrqTaken;
import dev.tophalf.runtime.trace.TraceRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The interrupt controller: its lines, the CPUs' own timers, and how a CPU takes an interrupt. */
public final class IrqController {
    /**
     * After so many runs that changed nothing in the device the kernel gives a line up. Linux counts to 100,000 before
     * it says "nobody cared"; a run that repeats itself exactly needs no such patience.
     */
    private static final int STORM = 1_000;

    private static final int FIRST_IRQ = 16;

    /** What interrupts that CPUs ask for have for a number: no line has it. */
    private static final int RAISED = 0;

    private final Simulation simulation;
    private final List<IrqLine> lines = new ArrayList<>();
    private final Map<Long, IrqLine> byInput = new LinkedHashMap<>();
    private final List<SortedSet<IrqLine>> pending = new ArrayList<>();
    private final List<LocalTimer> localTimers = new ArrayList<>();
    private long timerRuns;
    private final List<Raised> raised = new ArrayList<>();
    private long raisedRuns;

    /** An interrupt that a CPU is asked to take by software. */
    private record Raised(Cpu cpu, String what, Runnable handler) {}

    public IrqController(Simulation simulation) {
        this.simulation = simulation;
        simulation.cpus().forEach(cpu -> {
            localTimers.add(new LocalTimer(simulation.clock()));
            pending.add(new TreeSet<>(Comparator.comparingInt(IrqLine::irq)));
        });
    }

    /** The timer of the CPU that runs now. */
    public LocalTimer localTimer() {
        return localTimer(simulation.cpu());
    }

    /** The timer of {@code cpu}. */
    public LocalTimer localTimer(Cpu cpu) {
        return localTimers.get(cpu.number());
    }

    /** Interrupts {@code cpu} as soon as it lets interrupts in, to run {@code handler} there. */
    public void raise(Cpu cpu, String what, Runnable handler) {
        raised.add(new Raised(cpu, what, handler));
    }

    /** The line of the controller's input {@code hwirq}; numbers for drivers start at 16, as on a PC. */
    public IrqLine lineOf(long hwirq, Trigger trigger) {
        return byInput.computeIfAbsent(hwirq, input -> {
            int irq = FIRST_IRQ + lines.size();
            IrqLine line = new IrqLine(irq, input, trigger, pending.size(), this::refresh, this::target);
            lines.add(line);
            return line;
        });
    }

    /** The line of that number, or null. */
    public @Nullable IrqLine line(int irq) {
        int index = irq - FIRST_IRQ;
        return index >= 0 && index < lines.size() ? lines.get(index) : null;
    }

    /** All lines, by number. */
    public List<IrqLine> lines() {
        return Collections.unmodifiableList(lines);
    }

    /** Whether {@code cpu} has an interrupt to take now. */
    public boolean isDeliverable(Cpu cpu) {
        return !cpu.irqsOff()
                && (localTimer(cpu).isPending()
                        || isRaised(cpu)
                        || !pendingOn(cpu).isEmpty());
    }

    private boolean isRaised(Cpu cpu) {
        return !raised.isEmpty() && raised.stream().anyMatch(next -> next.cpu == cpu);
    }

    /** Whether a CPU's timer is set, so that something will happen without anybody's doing. */
    public boolean isTimerSet() {
        return localTimers.stream().anyMatch(LocalTimer::isSet);
    }

    private SortedSet<IrqLine> pendingOn(Cpu cpu) {
        return pending.get(cpu.number());
    }

    /** Adds the interrupts that {@code cpu} may take now; its own timer's comes first. */
    public void addOptions(Cpu cpu, Decider decider) {
        if (cpu.irqsOff()) {
            return;
        }
        if (localTimer(cpu).isPending()) {
            decider.add(Option.timerIrq(cpu));
        }
        if (isRaised(cpu)) {
            decider.add(Option.irq(cpu, RAISED));
        }
        for (IrqLine line : pendingOn(cpu)) {
            decider.add(Option.irq(cpu, line.irq()));
            if (decider.isDefault()) {
                return;
            }
        }
    }

    /** Lets {@code cpu} take an interrupt that was offered for it, unless it is gone meanwhile. */
    public void take(Cpu cpu, long option) {
        if (Option.kind(option) == Option.Kind.TIMER_IRQ) {
            LocalTimer localTimer = localTimer(cpu);
            localTimer.acknowledge();
            ExecutionContext context = new ExecutionContext(ExecutionContext.Level.HARDIRQ, "local timer", ++timerRuns);
            interrupt(cpu, context, new LocalIrqTaken("local timer"), localTimer::handle);
            return;
        }
        if (Option.number(option) == RAISED) {
            takeRaised(cpu);
            return;
        }
        IrqLine line = line(Option.number(option));
        if (line != null && line.isDeliverable()) {
            take(cpu, line);
        }
    }

    private void takeRaised(Cpu cpu) {
        raised.stream().filter(next -> next.cpu == cpu).findFirst().ifPresent(next -> {
            raised.remove(next);
            ExecutionContext context = new ExecutionContext(ExecutionContext.Level.HARDIRQ, next.what, ++raisedRuns);
            interrupt(cpu, context, new LocalIrqTaken(next.what), next.handler);
        });
    }

    /** Takes interrupts on {@code cpu} until none is deliverable. */
    public void deliverAll(Cpu cpu) {
        while (isDeliverable(cpu)) {
            if (localTimer(cpu).isPending()) {
                take(cpu, Option.timerIrq(cpu));
            } else {
                take(
                        cpu,
                        Option.irq(
                                cpu,
                                isRaised(cpu) ? RAISED : pendingOn(cpu).first().irq()));
            }
        }
    }

    private void take(Cpu cpu, IrqLine line) {
        interrupt(cpu, line.newContext(), line.taken(), () -> serve(cpu, line));
    }

    /** The CPU that is to take a line's next interrupt: the first that may, or any of them. */
    private int target(IrqLine line) {
        Decider decider = simulation.scheduler().decider();
        decider.begin();
        for (Cpu cpu : simulation.cpus()) {
            if ((line.affinity() & 1 << cpu.number()) != 0) {
                decider.add(Option.go(cpu));
            }
        }
        return Option.cpu(decider.choose(Choice.Kind.CPU, simulation.cpu().context()));
    }

    /** What {@code handle_level_irq()} and {@code handle_edge_irq()} do, depending on the line. */
    private void serve(Cpu cpu, IrqLine line) {
        if (!line.acknowledge()) {
            record(line, Step.HELD_BACK, cpu.number());
            return;
        }
        line.count(cpu.number());
        boolean again = true;
        while (again) {
            line.begin(cpu);
            List<IrqAction> actions = line.actions();
            List<IrqAction> claimers = new ArrayList<>();
            for (IrqAction action : actions) {
                if (action.handle()) {
                    claimers.add(action);
                }
            }
            again = line.end(!claimers.isEmpty(), simulation.nowNs());
            if (line.idleRuns() >= STORM) {
                giveUp(line, claimers.isEmpty() ? actions : claimers, !claimers.isEmpty());
            }
        }
        line.leave();
    }

    private void record(IrqLine line, Step step, int cpu) {
        simulation.record(new IrqLineChanged(line.irq(), line.device(), step, cpu));
    }

    /** Interrupts what {@code cpu} runs, and serves the softirqs that were raised before that goes on. */
    private void interrupt(Cpu cpu, ExecutionContext context, TraceRecord taken, Runnable handler) {
        boolean irqsOffBefore = cpu.irqsOff();
        int countBefore = cpu.preemptCount();
        cpu.push(context);
        cpu.addPreemptCount(Cpu.HARDIRQ_OFFSET);
        cpu.setIrqsOff(true);
        simulation.record(taken);
        handler.run();
        cpu.setIrqsOff(irqsOffBefore);
        cpu.setPreemptCount(countBefore);
        cpu.pop(context);
        simulation.softirqs().serve(cpu);
    }

    /** Shuts a line off. Who claimed its interrupts is to blame; if nobody did, everybody on the line. */
    private void giveUp(IrqLine line, List<IrqAction> blamed, boolean claimed) {
        line.shutOff();
        simulation.record(new IrqStorm(
                line.irq(),
                line.device(),
                STORM,
                claimed,
                blamed.stream().map(IrqAction::definition).toList(),
                blamed.stream().map(IrqAction::handlerName).toList()));
        simulation.log(
                3,
                claimed
                        ? "irq " + line.irq() + ": still asserted after its handlers ran"
                        : "irq " + line.irq() + ": nobody cared (try booting with the \"irqpoll\" option)");
        simulation.log(0, "Disabling IRQ #" + line.irq());
    }

    /** Puts a line among the interrupts of the CPU that is to take it, or nowhere. */
    private void refresh(IrqLine line) {
        int cpu = line.isDeliverable() ? line.target() : -1;
        if (cpu == line.queuedOn) {
            return;
        }
        if (line.queuedOn >= 0) {
            pending.get(line.queuedOn).remove(line);
        }
        line.queuedOn = cpu;
        if (cpu >= 0) {
            pending.get(cpu).add(line);
            record(line, Step.RAISED, cpu);
        }
    }
}
