package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.HeldLock;
import java.util.LinkedHashSet;
import java.util.Set;

/** Locks that are held in memory that is freed ({@code debug_check_no_locks_freed()}). */
public final class HeldInMemory {
    private HeldInMemory() {}

    /** Memory is freed: nobody may hold a lock in it. */
    public static void check(Object struct) {
        Set<KernelLock> found = new LinkedHashSet<>(0);
        Simulation.current().forEachContext(context -> {
            for (HeldLock held : context.held()) {
                if (held.lock() instanceof KernelLock lock && KernelLock.isIn(lock, struct)) {
                    found.add(lock);
                }
            }
        });
        found.forEach(lock -> lock.reportIfHeld(
                "struct " + struct.getClass().getSimpleName() + " is freed with " + lock.lockName() + " in it"));
    }
}
