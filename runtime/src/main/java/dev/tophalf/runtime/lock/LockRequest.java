package dev.tophalf.runtime.lock;

import dev.tophalf.runtime.cpu.HoldableLock;
import org.jspecify.annotations.Nullable;

/**
 * How a lock is about to be taken.
 *
 * @param call as reports say it, such as {@code spin_lock()}
 * @param mode alone or with others
 * @param subclass which of its subclasses is meant, 0 unless the driver says so
 * @param tries whether it gives up rather than wait
 * @param nest a lock that whoever takes several of the class holds, or null
 * @param awaits whether it only waits for everybody who has it
 */
public record LockRequest(
        String call,
        LockMode mode,
        int subclass,
        boolean tries,
        @Nullable HoldableLock nest,
        boolean awaits) {
    /** An ordinary request for it alone. */
    public static LockRequest of(String call) {
        return new LockRequest(call, LockMode.EXCLUSIVE, 0, false, null, false);
    }

    /** The same in another mode. */
    public LockRequest in(LockMode newMode) {
        return new LockRequest(call, newMode, subclass, tries, nest, awaits);
    }

    /** The same, which gives up rather than wait. */
    public LockRequest trying() {
        return new LockRequest(call, mode, subclass, true, nest, awaits);
    }

    /** The same for a subclass. */
    public LockRequest of(int newSubclass) {
        return new LockRequest(call, mode, newSubclass, tries, nest, awaits);
    }

    /** The same for who holds {@code newNest}. */
    public LockRequest under(@Nullable HoldableLock newNest) {
        return new LockRequest(call, mode, subclass, tries, newNest, awaits);
    }

    /** The same, which waits for everybody who has the lock and does not take it. */
    public LockRequest awaiting() {
        return new LockRequest(call, mode, subclass, tries, nest, true);
    }

    /** What the call does to the lock. */
    String verb() {
        return awaits ? "waits for" : "takes";
    }
}
