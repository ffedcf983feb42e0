package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.cpu.HeldLock;
import dev.tophalf.runtime.trace.Site;

/** How CPUs wait for locks. */
final class LockWaits {
    /** So long a CPU may be kept busy by waiting for one lock. */
    private static final long LIMIT_NS = 10_000_000;

    private LockWaits() {}

    /** Keeps the CPU busy until {@code lock} can be had; reports who had it if that takes too long. */
    static void spin(KernelLock lock, Awaited awaited) {
        Simulation now = Simulation.current();
        long beginNs = now.nowNs();
        ExecutionContext holder = awaited.holder().get();
        Site since = holder == null
                ? Site.NONE
                : holder.held().stream()
                        .filter(held -> held.lock() == lock)
                        .map(HeldLock::takenAt)
                        .findFirst()
                        .orElse(Site.NONE);
        now.scheduler().spin(awaited);
        long waitedNs = now.nowNs() - beginNs;
        if (waitedNs > LIMIT_NS) {
            Misuses.report(
                    "spin-too-long",
                    "a CPU spins for " + waitedNs / 1_000_000 + " ms for " + lock.lockName()
                            + (since.equals(Site.NONE) ? "" : ", held since " + since),
                    "BUG: spinlock lockup suspected",
                    since.equals(Site.NONE) ? now.site() : since,
                    "hold spinlocks for microseconds: do the slow part before or after, or use a mutex");
        }
    }
}
