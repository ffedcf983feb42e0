package dev.tophalf.linux.kernel;

import dev.tophalf.linux.kernel.Callback.Kind;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DriverEntry;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.cpu.HeldLock;
import dev.tophalf.runtime.cpu.HoldableLock;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.memory.KernelStruct;
import dev.tophalf.runtime.memory.Resource;
import dev.tophalf.runtime.trace.Site;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The timers and tasklets that will be called, and those that are called now: what both have to do with the memory that
 * they lie in, the module that they call into, and the locks of who waits for them.
 */
public final class Callbacks {
    private final Simulation simulation;
    private final Set<Callback> armed = new LinkedHashSet<>();
    private final Map<Resource, Set<Callback>> armedIn = new LinkedHashMap<>();
    private final Map<ExecutionContext, Callback> running = new LinkedHashMap<>();

    private Callbacks(Simulation simulation) {
        this.simulation = simulation;
    }

    /** The callbacks of {@code simulation}. */
    public static Callbacks of(Simulation simulation) {
        return simulation.part(Callbacks.class, Callbacks::new);
    }

    /** A callback, which was not, is armed by the driver. */
    void arm(Callback callback) {
        callback.armedAt = simulation.site();
        armed.add(callback);
        Resource memory = EmbeddedStruct.memoryOf(callback.struct);
        if (memory != null) {
            armedIn.computeIfAbsent(memory, key -> new LinkedHashSet<>()).add(callback);
        }
    }

    /** A callback is not armed any more. */
    void disarm(Callback callback) {
        armed.remove(callback);
        Resource memory = EmbeddedStruct.memoryOf(callback.struct);
        Set<Callback> together = memory == null ? null : armedIn.get(memory);
        if (memory != null && together != null) {
            together.remove(callback);
            if (together.isEmpty()) {
                armedIn.remove(memory);
            }
        }
    }

    /** The function of a callback is about to be called in this context. */
    void begin(Callback callback) {
        running.put(simulation.cpu().context(), callback);
    }

    /** The function that was called in this context has returned. */
    void end() {
        running.remove(simulation.cpu().context());
    }

    /** Whether the function of a callback runs. */
    boolean isRunning(Callback callback) {
        return running.containsValue(callback);
    }

    /**
     * Waits until the function of a callback does not run. It cannot end where this CPU runs it, or has interrupted it.
     */
    void awaitEnd(Callback callback, String call) {
        List<ExecutionContext> stack = simulation.cpu().stack();
        if (stack.stream().anyMatch(context -> running.get(context) == callback)) {
            Misuses.report(
                    "timer-sync-deadlock",
                    call + " in the callback of " + callback.name() + " waits for that callback to end",
                    "watchdog: BUG: soft lockup",
                    callback.kind.insteadOfWaiting);
            throw simulation.gate().killCurrent("deadlock on " + callback.name());
        }
        for (ExecutionContext context : stack) {
            context.held().forEach(held -> waitUnder(callback, held, call));
        }
        simulation
                .scheduler()
                .spin(new Awaited(
                        "the callback of " + callback.name(), () -> !isRunning(callback), () -> runner(callback)));
    }

    private @Nullable ExecutionContext runner(Callback callback) {
        return running.keySet().stream()
                .filter(context -> running.get(context) == callback)
                .findFirst()
                .orElse(null);
    }

    private void waitUnder(Callback callback, HeldLock held, String call) {
        callback.waitedUnder.putIfAbsent(held.lock(), simulation.site());
        if (callback.taken.contains(held.lock())) {
            reportLock(call + " of " + callback.name() + " waits with "
                    + held.lock().lockName() + " held, which the timer's callback takes");
        }
    }

    /** A spinlock was taken: by a callback, if one runs and nothing has interrupted it. */
    public void lockTaken(HoldableLock lock) {
        Callback callback = running.get(simulation.cpu().context());
        if (callback == null || !callback.taken.add(lock)) {
            return;
        }
        Site waited = callback.waitedUnder.get(lock);
        if (waited != null) {
            reportLock("the callback of " + callback.name() + " takes " + lock.lockName() + ", which is held at "
                    + waited + " by who waits for the callback");
        }
    }

    private static void reportLock(String message) {
        Misuses.report(
                "timer-sync-deadlock",
                message,
                "WARNING: possible circular locking dependency detected",
                "release the lock before waiting for the callback");
    }

    /** Memory is freed: no callback in it may be armed. */
    public void freed(Object struct) {
        Resource memory = struct instanceof KernelStruct known ? KernelStruct.allocationOf(known) : null;
        Set<Callback> together = memory == null ? null : armedIn.get(memory);
        if (together == null) {
            return;
        }
        Site site = simulation.site();
        String where = site.equals(Site.NONE) ? "" : " at " + site;
        for (Callback callback : List.copyOf(together)) {
            String name = struct.getClass().getSimpleName();
            report(callback, "struct " + name + " is freed" + where, callback.kind.freed);
        }
    }

    /** A module is unloaded: no callback may call into it. */
    public void unloaded(String module, String file) {
        for (Callback callback : List.copyOf(armed)) {
            Object function = callback.function();
            if (function != null && DriverEntry.definition(function).file().equals(file)) {
                report(callback, module + " is unloaded", Kind.NOT_THERE);
            }
        }
    }

    private static void report(Callback callback, String loss, String linux) {
        Kind kind = callback.kind;
        Misuses.report(
                "missing-cancel",
                loss + " with " + callback.name() + " " + kind.armed,
                linux,
                callback.armedAt,
                "call " + kind.undo + " in the driver's remove or exit function");
        callback.disarm();
    }
}
