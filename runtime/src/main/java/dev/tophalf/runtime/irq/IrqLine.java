package dev.tophalf.runtime.irq;

import dev.tophalf.runtime.hw.InterruptLine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/**
 * A level-triggered line of the interrupt controller, with the handlers registered for it. It is asserted while any of
 * its wires is.
 */
public final class IrqLine {
    private final int irq;
    private final Consumer<IrqLine> changed;
    private final ToIntFunction<IrqLine> targets;
    private final List<Wire> wires = new ArrayList<>();
    private final List<IrqAction> actions = new ArrayList<>();
    private boolean asserted;
    private int disableDepth;
    private boolean inProgress;
    private boolean shutOff;
    private long count;
    private int idleRuns;
    private long progressSeen;
    private int affinity = -1;
    private int target;

    /**
     * @param changed is told when the line may have become deliverable, or have ceased to be
     * @param targets chooses the CPU that is to take its next interrupt
     */
    IrqLine(int irq, Consumer<IrqLine> changed, ToIntFunction<IrqLine> targets) {
        this.irq = irq;
        this.changed = changed;
        this.targets = targets;
    }

    /** A peripheral's end of the line. */
    private final class Wire implements InterruptLine {
        final String device;
        LongSupplier progress = () -> 0;
        boolean level;

        Wire(String device) {
            this.device = device;
        }

        @Override
        public void set(boolean nowAsserted) {
            level = nowAsserted;
            update();
        }
    }

    /** Connects a peripheral of that label. */
    public InterruptLine connect(String device) {
        Wire wire = new Wire(device);
        wires.add(wire);
        return wire;
    }

    /** Tells the line how to see that the peripheral of that label has changed. */
    public void watchProgress(String device, LongSupplier changes) {
        wires.stream().filter(wire -> wire.device.equals(device)).forEach(wire -> wire.progress = changes);
    }

    /** The number that drivers use. */
    public int irq() {
        return irq;
    }

    /** The labels of the peripherals on it. */
    public String device() {
        return String.join(", ", wires.stream().map(wire -> wire.device).toList());
    }

    /** The handlers, in the order of registering. */
    public List<IrqAction> actions() {
        return List.copyOf(actions);
    }

    /** How often a CPU took it. */
    public long count() {
        return count;
    }

    public boolean isAsserted() {
        return asserted;
    }

    /** By how many disables it is disabled; 0 is enabled. */
    public int disableDepth() {
        return disableDepth;
    }

    /** The CPUs that may take it, bit 0 for CPU 0. */
    public int affinity() {
        return affinity;
    }

    /** The CPU that is to take it. */
    int target() {
        return target;
    }

    /** Whether the kernel gave up on it. */
    public boolean isShutOff() {
        return shutOff;
    }

    private void update() {
        boolean nowAsserted = wires.stream().anyMatch(wire -> wire.level);
        if (asserted != nowAsserted) {
            asserted = nowAsserted;
            if (nowAsserted) {
                target = targets.applyAsInt(this);
            } else {
                idleRuns = 0;
            }
            changed.accept(this);
        }
    }

    /** Registers a handler after the others. */
    public void add(IrqAction action) {
        actions.add(action);
        shutOff = false;
        idleRuns = 0;
        changed.accept(this);
    }

    /** Takes a handler away. */
    public void remove(IrqAction action) {
        actions.remove(action);
        changed.accept(this);
    }

    /** One more disable. */
    public void disable() {
        disableDepth++;
        changed.accept(this);
    }

    /** One disable less; false if it was enabled. */
    public boolean enable() {
        if (disableDepth == 0) {
            return false;
        }
        disableDepth--;
        changed.accept(this);
        return true;
    }

    /** Whether a CPU should take it now. */
    boolean isDeliverable() {
        return asserted && !shutOff && disableDepth == 0 && !inProgress && !actions.isEmpty();
    }

    void begin() {
        inProgress = true;
        count++;
        changed.accept(this);
    }

    /** Ends a run of the handlers. Returns how many runs in a row have changed nothing while the line stayed asserted. */
    int end() {
        inProgress = false;
        long seen = wires.stream().mapToLong(wire -> wire.progress.getAsLong()).sum();
        idleRuns = asserted && seen == progressSeen ? idleRuns + 1 : 0;
        progressSeen = seen;
        changed.accept(this);
        return idleRuns;
    }

    void shutOff() {
        shutOff = true;
        changed.accept(this);
    }
}
