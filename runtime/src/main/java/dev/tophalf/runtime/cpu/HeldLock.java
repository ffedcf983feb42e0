package dev.tophalf.runtime.cpu;

import dev.tophalf.runtime.lock.LockClass;
import dev.tophalf.runtime.lock.LockMode;
import dev.tophalf.runtime.trace.Site;
import org.jspecify.annotations.Nullable;

/**
 * A lock that a context holds.
 *
 * @param lock the lock itself
 * @param takenAt the call that took it
 * @param sleeping whether waiting for it sleeps (a mutex) rather than spins
 * @param lockClass what the checker knows it as, or null if it does not check it
 * @param mode alone or with others
 * @param tried whether it would not have been waited for
 */
public record HeldLock(
        HoldableLock lock,
        Site takenAt,
        boolean sleeping,
        @Nullable LockClass lockClass,
        LockMode mode,
        boolean tried) {
    /** A lock that is not checked. */
    public HeldLock(HoldableLock lock, Site takenAt, boolean sleeping) {
        this(lock, takenAt, sleeping, null, LockMode.EXCLUSIVE, false);
    }

    @Override
    public String toString() {
        return lock.lockName() + ", taken at " + takenAt;
    }
}
