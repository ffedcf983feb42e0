package dev.tophalf.runtime.irq;

import com.google.common.collect.ImmutableList;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.hw.InterruptLine;
import dev.tophalf.runtime.trace.IrqTaken;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A line of the interrupt controller, with the handlers registered for it. It is asserted while any of its wires is.
 *
 * <p>A level line interrupts for as long as it is asserted and not masked, an edge line once for each time that it
 * becomes asserted, which the controller latches. Who disables a line does not mask it: the first interrupt that comes
 * all the same is remembered and masks it, as in Linux.
 */
public final class IrqLine {
    private final int irq;
    private final long hwirq;
    private final Consumer<IrqLine> changed;
    private final ToIntFunction<IrqLine> targets;
    private final List<Wire> wires = new ArrayList<>();
    private final long[] counts;
    private ImmutableList<IrqAction> actions = ImmutableList.of();
    private Trigger trigger;
    private String device = "";
    private String contextName = "";
    private IrqTaken taken;
    private boolean asserted;
    private boolean latched;
    private boolean masked = true;
    private boolean pending;
    private int disableDepth = 1;
    private int holds;
    private @Nullable ExecutionContext runner;
    private boolean shutOff;
    private long arrivals;
    private final Spurious spurious = new Spurious();
    private int idleRuns;
    private long progressSeen;
    private int affinity = -1;
    private int target;

    /** The CPU whose interrupts it is among, or -1; the controller's. */
    int queuedOn = -1;

    /**
     * @param hwirq the controller's input
     * @param cpus how many CPUs there are
     * @param changed is told when the line may have become deliverable, or have ceased to be
     * @param targets chooses the CPU that is to take its next interrupt
     */
    IrqLine(int irq, long hwirq, Trigger trigger, int cpus, Consumer<IrqLine> changed, ToIntFunction<IrqLine> targets) {
        this.irq = irq;
        this.hwirq = hwirq;
        this.trigger = trigger;
        this.counts = new long[cpus];
        this.changed = changed;
        this.targets = targets;
        this.taken = new IrqTaken(irq, device, trigger.flow());
        rename();
    }

    /** A peripheral's end of the line. */
    private final class Wire implements InterruptLine {
        final String device;
        LongSupplier progress = () -> 0;
        boolean level;
        long raises;

        Wire(String device) {
            this.device = device;
        }

        @Override
        public void set(boolean nowAsserted) {
            if (level != nowAsserted) {
                level = nowAsserted;
                raises++;
                update();
            }
        }
    }

    /** Connects a peripheral of that label. */
    public InterruptLine connect(String label) {
        Wire wire = new Wire(label);
        wires.add(wire);
        rename();
        return wire;
    }

    private void rename() {
        device = wires.stream().map(wire -> wire.device).collect(Collectors.joining(", "));
        contextName = "irq " + irq + " (" + device + ")";
        taken = new IrqTaken(irq, device, trigger.flow());
    }

    /** Tells the line how to see that the peripheral of that label has changed. */
    public void watchProgress(String label, LongSupplier changes) {
        wires.stream().filter(wire -> wire.device.equals(label)).forEach(wire -> wire.progress = changes);
    }

    /**
     * What the peripheral of that label has done so far, as a number that grows; -1 while it asserts the line. Who gets
     * one number twice knows that nothing happened in between.
     */
    public long activity(String label) {
        long sum = 0;
        for (Wire wire : wires) {
            if (wire.device.equals(label)) {
                if (wire.level) {
                    return -1;
                }
                sum += wire.raises + wire.progress.getAsLong();
            }
        }
        return sum;
    }

    /** The number that drivers use. */
    public int irq() {
        return irq;
    }

    /** The controller's input. */
    public long hwirq() {
        return hwirq;
    }

    /** The labels of the peripherals on it. */
    public String device() {
        return device;
    }

    /** The handlers, in the order of registering. */
    public ImmutableList<IrqAction> actions() {
        return actions;
    }

    /** How often its handlers ran. */
    public long count() {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    /** How often its handlers ran on {@code cpu}. */
    public long count(Cpu cpu) {
        return counts[cpu.number()];
    }

    public boolean isAsserted() {
        return asserted;
    }

    /** By how many disables it is disabled; 0 is enabled. A line without handlers is disabled once. */
    public int disableDepth() {
        return disableDepth;
    }

    /** Whether the controller keeps its interrupts back. */
    public boolean isMasked() {
        return masked;
    }

    /** Whether an edge that came while the line was disabled, or its handlers ran, is still to be handled. */
    public boolean isPending() {
        return pending;
    }

    /** What makes it interrupt. */
    public Trigger trigger() {
        return trigger;
    }

    /** Says what is to make it interrupt. */
    public void setTrigger(Trigger newTrigger) {
        trigger = newTrigger;
        latched = false;
        rename();
        changed.accept(this);
    }

    /** The CPUs that may take it, bit 0 for CPU 0. */
    public int affinity() {
        return affinity;
    }

    /** Says which CPUs may take it; at least one of them has to exist. */
    public void setAffinity(int cpus) {
        affinity = cpus;
        target = targets.applyAsInt(this);
        changed.accept(this);
    }

    /** The CPU that is to take it. */
    int target() {
        return target;
    }

    /** Whether the kernel gave up on it. */
    public boolean isShutOff() {
        return shutOff;
    }

    /** Who runs its handlers now, or null if nobody does. */
    public @Nullable ExecutionContext runner() {
        return runner;
    }

    /** How many of its interrupts were nobody's. */
    public Spurious spurious() {
        return spurious;
    }

    private void update() {
        boolean nowAsserted = false;
        for (Wire wire : wires) {
            nowAsserted |= wire.level;
        }
        if (asserted != nowAsserted) {
            asserted = nowAsserted;
            if (nowAsserted) {
                latched = trigger.isEdge();
                target = targets.applyAsInt(this);
            } else {
                idleRuns = 0;
            }
            changed.accept(this);
        }
    }

    /** Registers a handler after the others. The first one starts the line up, enabled. */
    public void add(IrqAction action) {
        boolean isFirst = actions.isEmpty();
        boolean wasShutOff = shutOff;
        actions = ImmutableList.<IrqAction>builder().addAll(actions).add(action).build();
        shutOff = false;
        idleRuns = 0;
        spurious.reset();
        if (isFirst) {
            disableDepth = 1;
        }
        if (isFirst || wasShutOff) {
            enable();
        }
    }

    /** Takes a handler away. The last one shuts the line down. */
    public void remove(IrqAction action) {
        actions = actions.stream().filter(other -> other != action).collect(ImmutableList.toImmutableList());
        if (actions.isEmpty()) {
            disableDepth = 1;
            masked = true;
            changed.accept(this);
        }
    }

    /** One more disable. */
    public void disable() {
        disableDepth++;
    }

    /** One disable less; false if it was enabled. An edge that came meanwhile comes again. */
    public boolean enable() {
        if (disableDepth == 0) {
            return false;
        }
        disableDepth--;
        if (disableDepth == 0) {
            masked = false;
            latched |= pending && trigger.isEdge();
            pending = false;
            changed.accept(this);
        }
        return true;
    }

    /** Keeps a level line masked after its handlers have run, until {@link #release} has been called as often. */
    public void hold() {
        holds++;
    }

    /** Takes one {@link #hold} back. */
    public void release() {
        holds--;
        if (runner == null) {
            unmask();
        }
    }

    private void unmask() {
        if (disableDepth == 0 && holds == 0) {
            masked = false;
            changed.accept(this);
        }
    }

    /** Whether a CPU should take it now. */
    boolean isDeliverable() {
        return !masked && (trigger.isEdge() ? latched : asserted);
    }

    /** A CPU takes it: what the trace shows. */
    IrqTaken taken() {
        return taken;
    }

    /** A CPU takes it: the context that serves it. */
    ExecutionContext newContext() {
        return new ExecutionContext(ExecutionContext.Level.HARDIRQ, contextName, ++arrivals);
    }

    /**
     * The controller hears that a CPU has taken it. Returns whether the handlers are to run; if not, an edge is
     * remembered, once.
     */
    boolean acknowledge() {
        boolean mayRun = runner == null && disableDepth == 0 && !actions.isEmpty();
        latched = false;
        if (!mayRun || !trigger.isEdge()) {
            masked = true;
        }
        pending |= !mayRun && trigger.isEdge();
        changed.accept(this);
        return mayRun;
    }

    /** The handlers begin to run; another CPU that takes the line meanwhile leaves it to this run. */
    void begin(Cpu cpu) {
        if (pending && masked && disableDepth == 0) {
            masked = false;
            changed.accept(this);
        }
        pending = false;
        runner = cpu.context();
    }

    /**
     * The handlers have run; {@code claimed} says whether one of them knew the interrupt. Returns whether they are to
     * run again, for an edge that came meanwhile.
     */
    boolean end(boolean claimed, long nowNs) {
        runner = null;
        spurious.add(claimed, nowNs);
        long seen = 0;
        for (Wire wire : wires) {
            seen += wire.progress.getAsLong();
        }
        idleRuns = asserted && !trigger.isEdge() && seen == progressSeen ? idleRuns + 1 : 0;
        progressSeen = seen;
        return pending && disableDepth == 0 && !actions.isEmpty();
    }

    /** Counts a run of the handlers on {@code cpu}. */
    void count(int cpu) {
        counts[cpu]++;
    }

    /** The end of serving it. */
    void leave() {
        if (!trigger.isEdge()) {
            unmask();
        }
    }

    /** How many runs in a row have changed nothing while the line stayed asserted. */
    int idleRuns() {
        return idleRuns;
    }

    void shutOff() {
        shutOff = true;
        idleRuns = 0;
        disable();
        masked = true;
        changed.accept(this);
    }
}
