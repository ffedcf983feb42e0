package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.contract.DriverEntry;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.trace.Site;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done after a grace period.
 *
 * @param cpu the CPU that asked for it
 * @param period the first one that is long enough, where grace periods are counted
 * @param number its place among all
 * @param head the driver's struct, or null for the kernel's own
 * @param function the driver's function, or null
 * @param queuedAt where that was asked for
 * @param run does it
 */
record RcuCallback(
        Cpu cpu,
        long period,
        long number,
        @Nullable Object head,
        @Nullable Object function,
        Site queuedAt,
        Runnable run) {
    /** Does it; reports call a driver's function {@code role}. */
    void invoke(String role) {
        if (function == null) {
            run.run();
        } else {
            DriverEntry.run(role, function, run);
        }
    }

    private boolean isIn(String file) {
        return function != null && DriverEntry.definition(function).file().equals(file);
    }

    /** A module is unloaded: what would be called in it is reported, forgotten and returned; {@code remedy} waits. */
    static List<RcuCallback> unloaded(Collection<RcuCallback> queued, String module, String file, String remedy) {
        List<RcuCallback> gone =
                queued.stream().filter(callback -> callback.isIn(file)).toList();
        for (RcuCallback callback : gone) {
            Misuses.report(
                    "missing-cancel",
                    module + " is unloaded with an RCU callback queued",
                    "BUG: unable to handle page fault for address",
                    callback.queuedAt,
                    "call " + remedy + " in the driver's exit function");
        }
        queued.removeAll(gone);
        return gone;
    }
}
