package dev.tophalf.runtime.cpu;

import dev.tophalf.runtime.trace.Site;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a CPU runs at one level of its stack: a task, a softirq on top of it, a hard irq on top of that.
 *
 * <p>Locks belong to the context that took them, as in Linux, where an interrupt has to give back what it took before
 * the interrupted code goes on.
 */
public final class ExecutionContext {
    /** The levels of a CPU's stack. */
    public enum Level {
        TASK("process context"),
        SOFTIRQ("softirq context"),
        HARDIRQ("hard irq context");

        private final String words;

        Level(String words) {
            this.words = words;
        }

        /** As reports say it. */
        public String words() {
            return words;
        }
    }

    private final Level level;
    private final String name;
    private final long number;
    private final List<HeldLock> held = new ArrayList<>();
    private final List<String> functions = new ArrayList<>();
    private final List<IrqsOff> irqsOff = new ArrayList<>();
    private Site site = Site.NONE;
    private long spentNs;
    private int callDepth;
    private int decisions;
    private @Nullable Awaited awaited;

    /**
     * @param level where on the stack it is
     * @param name who runs: a task's name and pid, or what the interrupt serves
     */
    public ExecutionContext(Level level, String name) {
        this(level, name, 0);
    }

    /**
     * @param level where on the stack it is
     * @param name who runs: a task's name and pid, or what the interrupt serves
     * @param number which of all contexts of that name it is
     */
    public ExecutionContext(Level level, String name, long number) {
        this.level = level;
        this.name = name;
        this.number = number;
    }

    /** A name that no other context of the run has. */
    public String key() {
        return number == 0 ? name : name + "#" + number;
    }

    public Level level() {
        return level;
    }

    public String name() {
        return name;
    }

    /** The place in a driver where this context is now. */
    public Site site() {
        return site;
    }

    public void setSite(Site site) {
        this.site = site;
    }

    /** Adds to the time that this context has kept its CPU busy; true if that takes it past {@code limitNs}. */
    public boolean spend(long ns, long limitNs) {
        boolean before = spentNs <= limitNs;
        spentNs += ns;
        return before && spentNs > limitNs;
    }

    /** What it waits for, or null while it does not. */
    public @Nullable Awaited awaited() {
        return awaited;
    }

    /** Notes what it waits for, or that it does not. */
    public void setAwaited(@Nullable Awaited newAwaited) {
        awaited = newAwaited;
    }

    /** Counts a choice that is made where this context stands. Returns how many were made before. */
    public int countDecision() {
        return decisions++;
    }

    /** How deep the calls of the driver's functions are nested here. */
    public int callDepth() {
        return callDepth;
    }

    public void setCallDepth(int depth) {
        callDepth = depth;
    }

    /** The driver functions that the kernel entered here and that have not returned, outermost first. */
    public List<String> functions() {
        return functions;
    }

    /** Where interrupts were turned off here and not on again, in that order. */
    public List<IrqsOff> irqsOff() {
        return irqsOff;
    }

    /** The locks taken here and not given back, in the order of taking. */
    public List<HeldLock> held() {
        return held;
    }

    /** Notes a lock as taken here. */
    public void take(HeldLock lock) {
        held.add(lock);
    }

    /** Forgets the latest taking of {@code lock}; false if this context does not hold it. */
    public boolean release(HoldableLock lock) {
        for (int i = held.size() - 1; i >= 0; i--) {
            if (held.get(i).lock() == lock) {
                held.remove(i);
                return true;
            }
        }
        return false;
    }

    /** Whether this context holds {@code lock}. */
    public boolean holds(HoldableLock lock) {
        return held.stream().anyMatch(taken -> taken.lock() == lock);
    }
}
