package dev.tophalf.runtime.cpu;

import dev.tophalf.runtime.trace.Site;

/**
 * A lock that a context holds.
 *
 * @param lock the lock itself
 * @param takenAt the call that took it
 * @param sleeping whether waiting for it sleeps (a mutex) rather than spins
 */
public record HeldLock(HoldableLock lock, Site takenAt, boolean sleeping) {
    @Override
    public String toString() {
        return lock.lockName() + ", taken at " + takenAt;
    }
}
