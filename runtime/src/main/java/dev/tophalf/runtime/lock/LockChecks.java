package dev.tophalf.runtime.lock;

/**
 * What the lock checker looks at.
 *
 * @param proveLocking whether it checks at all
 * @param readLockRecursive whether {@code read_lock()} counts as recursive in a task, too, as Linux's self-tests set it
 * @param proveRawLockNesting whether a lock that sleeps with PREEMPT_RT is wrong inside one that always spins
 */
public record LockChecks(boolean proveLocking, boolean readLockRecursive, boolean proveRawLockNesting) {
    /** As Linux 6.12 does it with CONFIG_PROVE_LOCKING. */
    public static final LockChecks DEFAULT = new LockChecks(true, false, false);
}
