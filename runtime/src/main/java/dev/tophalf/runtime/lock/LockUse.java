package dev.tophalf.runtime.lock;

import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.trace.Site;

/**
 * Where something was done to a lock, and by whom.
 *
 * @param site the driver's line
 * @param who the context, such as {@code insmod/100, process context}
 */
record LockUse(Site site, String who) {
    static LockUse here(Cpu cpu) {
        ExecutionContext context = cpu.context();
        return new LockUse(
                context.site(), context.name() + ", " + context.level().words());
    }
}
