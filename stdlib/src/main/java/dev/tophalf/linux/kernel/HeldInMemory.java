package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.cpu.HeldLock;
import java.util.LinkedHashSet;
import java.util.Set;

/** Locks that are held in memory that is freed ({@code debug_check_no_locks_freed()}). */
public final class HeldInMemory {
    private HeldInMemory() {}

    /** Memory is freed: nobody may hold a lock in it. */
    public static void check(Object struct) {
        Simulation now = Simulation.current();
        Set<KernelLock> held = new LinkedHashSet<>();
        for (Cpu cpu : now.cpus()) {
            for (int depth = 0; depth < cpu.depth(); depth++) {
                collect(cpu.contextAt(depth), struct, held);
            }
        }
        now.scheduler().tasks().forEach(task -> collect(task.context(), struct, held));
        held.forEach(lock -> lock.reportIfHeld(
                "struct " + struct.getClass().getSimpleName() + " is freed with " + lock.lockName() + " in it"));
    }

    private static void collect(ExecutionContext context, Object struct, Set<KernelLock> found) {
        for (HeldLock held : context.held()) {
            if (held.lock() instanceof KernelLock lock && KernelLock.isIn(lock, struct)) {
                found.add(lock);
            }
        }
    }
}
