package dev.tophalf.linux.kernel;

import dev.tophalf.linux.kernel.Callback.Kind;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DriverEntry;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.cpu.HeldLock;
import dev.tophalf.runtime.cpu.HoldableLock;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.memory.Resource;
import dev.tophalf.runtime.trace.Site;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The timers and tasklets that will be called, and those that are called now: what both have to do with the memory that
 * they lie in, the module that they call into, and the locks of who waits for them.
 */
public final class Callbacks {
    private final Simulation simulation;
    private final List<Supplier<List<? extends Callback>>> kinds = new ArrayList<>();
    private final Map<Resource, List<Callback>> placed = new LinkedHashMap<>();
    private final Map<ExecutionContext, Callback> running = new LinkedHashMap<>();

    private Callbacks(Simulation simulation) {
        this.simulation = simulation;
    }

    /** The callbacks of {@code simulation}. */
    public static Callbacks of(Simulation simulation) {
        return simulation.part(Callbacks.class, Callbacks::new);
    }

    /** Adds a kind of callbacks; {@code armed} lists those that are armed, and is asked when a module goes. */
    void add(Supplier<List<? extends Callback>> armed) {
        kinds.add(armed);
    }

    /** A driver arms a callback. From now on it is looked at when its memory is freed. */
    void arm(Callback callback) {
        callback.armedAt = simulation.site();
        if (callback.placed) {
            return;
        }
        callback.placed = true;
        Resource memory = EmbeddedStruct.memoryOf(callback.struct);
        if (memory != null) {
            placed.computeIfAbsent(memory, key -> new ArrayList<>(1)).add(callback);
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
        if (callback.locks.waitUnder(held.lock(), simulation.site())) {
            reportLock(call + " of " + callback.name() + " waits with "
                    + held.lock().lockName() + " held, which the timer's callback takes");
        }
    }

    /** A spinlock was taken: by a callback, if one runs and nothing has interrupted it. */
    public void lockTaken(HoldableLock lock) {
        Callback callback = running.get(simulation.cpu().context());
        Site waited = callback == null ? null : callback.locks.take(lock);
        if (callback != null && waited != null) {
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
        Resource memory = EmbeddedStruct.memoryOf(struct);
        List<Callback> inside = memory == null ? null : placed.remove(memory);
        if (inside == null) {
            return;
        }
        Site site = simulation.site();
        String where = site.equals(Site.NONE) ? "" : " at " + site;
        for (Callback callback : inside) {
            if (callback.isArmed()) {
                String name = struct.getClass().getSimpleName();
                report(callback, "struct " + name + " is freed" + where, callback.kind.freed);
            }
        }
    }

    /** A module is unloaded: no callback may call into it. */
    public void unloaded(String module, String file) {
        for (Supplier<List<? extends Callback>> kind : kinds) {
            for (Callback callback : kind.get()) {
                Object function = callback.function();
                if (function != null && DriverEntry.definition(function).file().equals(file)) {
                    report(callback, module + " is unloaded", Kind.NOT_THERE);
                }
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
