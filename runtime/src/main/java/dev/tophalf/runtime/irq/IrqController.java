package dev.tophalf.runtime.irq;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.trace.IrqStorm;
import dev.tophalf.runtime.trace.IrqTaken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The interrupt controller: its lines, and how a CPU takes one of them. */
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
    private boolean pending;

    public IrqController(Simulation simulation) {
        this.simulation = simulation;
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
        return pending && !cpu.irqsOff();
    }

    /** Takes interrupts on {@code cpu} until none is deliverable. */
    public void deliverAll(Cpu cpu) {
        while (isDeliverable(cpu)) {
            for (IrqLine line : lines.values()) {
                if (line.isDeliverable()) {
                    take(cpu, line);
                    break;
                }
            }
        }
    }

    private void take(Cpu cpu, IrqLine line) {
        ExecutionContext context =
                new ExecutionContext(ExecutionContext.Level.HARDIRQ, "irq " + line.irq() + " (" + line.device() + ")");
        boolean irqsOffBefore = cpu.irqsOff();
        int countBefore = cpu.preemptCount();
        line.begin();
        refresh();
        cpu.push(context);
        cpu.addPreemptCount(Cpu.HARDIRQ_OFFSET);
        cpu.setIrqsOff(true);
        simulation.record(new IrqTaken(line.irq(), line.device()));
        List<IrqAction> claimers =
                line.actions().stream().filter(IrqAction::handle).toList();
        if (line.end() >= STORM) {
            giveUp(line, claimers);
        }
        cpu.setIrqsOff(irqsOffBefore);
        cpu.setPreemptCount(countBefore);
        cpu.pop(context);
        refresh();
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
