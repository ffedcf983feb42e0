package dev.tophalf.runtime.irq;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.trace.IrqStorm;
import dev.tophalf.runtime.trace.IrqTaken;
import dev.tophalf.runtime.trace.LocalIrqTaken;
import dev.tophalf.runtime.trace.TraceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The interrupt controller: its lines, the CPUs' own timers, and how a CPU takes an interrupt. */
public final class IrqController {
    /**
     * After so many runs that changed nothing in the device the kernel gives a line up. Linux counts to 100,000 before
     * it says "nobody cared"; a run that repeats itself exactly needs no such patience.
     */
    private static final int STORM = 1_000;

    private static final int FIRST_IRQ = 16;

    private final Simulation simulation;
    private final Map<Integer, IrqLine> lines = new TreeMap<>();
    private final Map<Long, IrqLine> byInput = new TreeMap<>();
    private final LocalTimer localTimer;
    private boolean pending;

    public IrqController(Simulation simulation) {
        this.simulation = simulation;
        this.localTimer = new LocalTimer(simulation.clock());
    }

    /** The timer of the CPU that runs now. */
    public LocalTimer localTimer() {
        return localTimer;
    }

    /** The line of the controller's input {@code hwirq}; numbers for drivers start at 16, as on a PC. */
    public IrqLine lineOf(long hwirq) {
        return byInput.computeIfAbsent(hwirq, input -> {
            int irq = FIRST_IRQ + lines.size();
            IrqLine line = new IrqLine(irq, this::refresh);
            lines.put(irq, line);
            return line;
        });
    }

    /** The line of that number, or null. */
    public @Nullable IrqLine line(int irq) {
        return lines.get(irq);
    }

    /** All lines, by number. */
    public List<IrqLine> lines() {
        return new ArrayList<>(lines.values());
    }

    /** Whether {@code cpu} has an interrupt to take now. */
    public boolean isDeliverable(Cpu cpu) {
        return (pending || localTimer.isPending()) && !cpu.irqsOff();
    }

    /** Takes interrupts on {@code cpu} until none is deliverable; its own timer's comes first. */
    public void deliverAll(Cpu cpu) {
        while (isDeliverable(cpu)) {
            if (localTimer.isPending()) {
                localTimer.acknowledge();
                interrupt(cpu, "local timer", new LocalIrqTaken("local timer"), localTimer.handler());
            } else {
                lines.values().stream()
                        .filter(IrqLine::isDeliverable)
                        .findFirst()
                        .ifPresent(line -> take(cpu, line));
            }
        }
    }

    private void take(Cpu cpu, IrqLine line) {
        line.begin();
        refresh();
        String name = "irq " + line.irq() + " (" + line.device() + ")";
        interrupt(cpu, name, new IrqTaken(line.irq(), line.device()), () -> handle(line));
    }

    private void handle(IrqLine line) {
        List<IrqAction> claimers =
                line.actions().stream().filter(IrqAction::handle).toList();
        if (line.end() >= STORM) {
            giveUp(line, claimers);
        }
        refresh();
    }

    /** Interrupts what {@code cpu} runs, and serves the softirqs that were raised before that goes on. */
    private void interrupt(Cpu cpu, String name, TraceRecord taken, Runnable handler) {
        ExecutionContext context = new ExecutionContext(ExecutionContext.Level.HARDIRQ, name);
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
    private void giveUp(IrqLine line, List<IrqAction> claimers) {
        boolean claimed = !claimers.isEmpty();
        List<IrqAction> blamed = claimed ? claimers : line.actions();
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

    private void refresh() {
        pending = false;
        for (IrqLine line : lines.values()) {
            pending |= line.isDeliverable();
        }
    }
}
