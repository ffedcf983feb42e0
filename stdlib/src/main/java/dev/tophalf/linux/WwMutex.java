package dev.tophalf.linux;

import static dev.tophalf.linux.Errno.EALREADY;
import static dev.tophalf.linux.Errno.EDEADLK;
import static dev.tophalf.linux.Errno.EINTR;
import static dev.tophalf.runtime.contract.ContextKind.ATOMIC;
import static dev.tophalf.runtime.contract.ContextKind.PROCESS;
import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;

import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.WoundWaitClass;
import dev.tophalf.linux.kernel.WoundWaitContext;
import dev.tophalf.linux.kernel.WoundWaitLock;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.lock.LockRequest;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.sched.Sleep;
import org.jspecify.annotations.Nullable;

/**
 * {@code linux/ww_mutex.h}: mutexes that a task takes several of in any order, as the buffers of a job for a graphics card.
 * Of two tasks that would wait for each other, the one that began later is told to give way.
 */
@SuppressWarnings("VariableNameSameAsType") // Linux names the parameter so
public final class WwMutex {
    private static final LockRequest LOCK = LockRequest.of("ww_mutex_lock()");
    private static final LockRequest LOCK_INTERRUPTIBLE = LockRequest.of("ww_mutex_lock_interruptible()");
    private static final LockRequest LOCK_SLOW = LockRequest.of("ww_mutex_lock_slow()");
    private static final LockRequest LOCK_SLOW_INTERRUPTIBLE = LockRequest.of("ww_mutex_lock_slow_interruptible()");
    private static final LockRequest TRYLOCK =
            LockRequest.of("ww_mutex_trylock()").trying();

    private WwMutex() {}

    /** Locks that are taken together: storage with file scope. */
    @KernelType(header = "linux/ww_mutex.h", embedded = true)
    public static final class ww_class extends WoundWaitClass {}

    /** A task that takes several locks of a class: a local variable of the function that does. */
    @KernelType(header = "linux/ww_mutex.h", embedded = true)
    public static final class ww_acquire_ctx extends WoundWaitContext {}

    /** A mutex that is taken with others of its class: storage inside its struct, to be initialised before use. */
    @KernelType(header = "linux/ww_mutex.h", embedded = true)
    public static final class ww_mutex extends WoundWaitLock {}

    private static WoundWaitLock of(ww_mutex given, String call) {
        return Arguments.require(given, call);
    }

    private static WoundWaitContext of(ww_acquire_ctx given, String call) {
        return Arguments.require(given, call);
    }

    private static int result(WoundWaitLock.Outcome outcome) {
        return switch (outcome) {
            case TAKEN -> 0;
            case ALREADY -> -EALREADY;
            case REFUSED -> -EDEADLK;
            case SIGNAL -> -EINTR;
        };
    }

    /** Defines a class in which an older task makes a younger one give way that keeps it waiting. */
    @DefinitionMacro(header = "linux/ww_mutex.h", declares = "%s")
    public static ww_class DEFINE_WW_CLASS(@Name String classname) {
        return EmbeddedStruct.embed(new ww_class(), null, classname);
    }

    /** Defines a class in which a younger task gives way rather than wait for an older one. */
    @DefinitionMacro(header = "linux/ww_mutex.h", declares = "%s")
    public static ww_class DEFINE_WD_CLASS(@Name String classname) {
        ww_class made = DEFINE_WW_CLASS(classname);
        made.setWaitDie(true);
        return made;
    }

    /**
     * Makes {@code lock} ready for use, as one of {@code ww_class}.
     *
     * <p>Context: any. Nobody may hold it.
     */
    @KernelFunction(header = "linux/ww_mutex.h", pairsWith = "ww_mutex_destroy")
    public static void ww_mutex_init(ww_mutex lock, ww_class ww_class) {
        of(lock, "ww_mutex_init()").initialise(Arguments.require(ww_class, "ww_mutex_init()"));
    }

    /**
     * Says that {@code lock} is not used any more.
     *
     * <p>Context: any. Nobody may hold it.
     */
    @KernelFunction(header = "linux/ww_mutex.h", pairsWith = "ww_mutex_init")
    public static void ww_mutex_destroy(ww_mutex lock) {
        of(lock, "ww_mutex_destroy()").destroy("ww_mutex_destroy()");
    }

    /**
     * Begins to take locks of {@code ww_class}: who begins earlier goes first.
     *
     * <p>Context: process. One at a time for each class.
     */
    @KernelFunction(header = "linux/ww_mutex.h", byTask = true, pairsWith = "ww_acquire_fini")
    public static void ww_acquire_init(ww_acquire_ctx ctx, ww_class ww_class) {
        of(ctx, "ww_acquire_init()").begin(Arguments.require(ww_class, "ww_acquire_init()"));
    }

    /**
     * Says that no more locks are taken.
     *
     * <p>Context: process.
     */
    @KernelFunction(header = "linux/ww_mutex.h", byTask = true)
    public static void ww_acquire_done(ww_acquire_ctx ctx) {
        of(ctx, "ww_acquire_done()").done();
    }

    /**
     * Ends what {@link #ww_acquire_init} began; every lock has been given back.
     *
     * <p>Context: process.
     */
    @KernelFunction(header = "linux/ww_mutex.h", byTask = true, pairsWith = "ww_acquire_init")
    public static void ww_acquire_fini(ww_acquire_ctx ctx) {
        of(ctx, "ww_acquire_fini()").end();
    }

    /**
     * Takes {@code lock}, alone if {@code ctx} is null, else with others of its class in any order.
     *
     * <p>Context: process. Sleeps.
     *
     * @return 0; -EALREADY if {@code ctx} has it; -EDEADLK if {@code ctx} has to give back all that it has and begin anew
     */
    @KernelFunction(header = "linux/ww_mutex.h", sleeps = ALWAYS, byTask = true, pairsWith = "ww_mutex_unlock")
    public static int ww_mutex_lock(ww_mutex lock, @Nullable ww_acquire_ctx ctx) {
        return result(of(lock, "ww_mutex_lock()").lock(LOCK, ctx, Sleep.UNINTERRUPTIBLE));
    }

    /**
     * As {@link #ww_mutex_lock}, unless a signal ends the wait.
     *
     * <p>Context: process. Sleeps.
     *
     * @return 0; -EALREADY if {@code ctx} has it; -EDEADLK if {@code ctx} has to give back all that it has and begin anew; -EINTR
     */
    @KernelFunction(header = "linux/ww_mutex.h", sleeps = ALWAYS, byTask = true, pairsWith = "ww_mutex_unlock")
    public static int ww_mutex_lock_interruptible(ww_mutex lock, @Nullable ww_acquire_ctx ctx) {
        return result(of(lock, "ww_mutex_lock_interruptible()").lock(LOCK_INTERRUPTIBLE, ctx, Sleep.INTERRUPTIBLE));
    }

    /**
     * Takes {@code lock}, which {@code ctx} was refused, with no other lock held: it waits for as long as that takes.
     *
     * <p>Context: process. Sleeps.
     */
    @KernelFunction(header = "linux/ww_mutex.h", sleeps = ALWAYS, byTask = true, pairsWith = "ww_mutex_unlock")
    public static void ww_mutex_lock_slow(ww_mutex lock, ww_acquire_ctx ctx) {
        WoundWaitLock target = of(lock, "ww_mutex_lock_slow()");
        target.checkSlow("ww_mutex_lock_slow()", of(ctx, "ww_mutex_lock_slow()"));
        target.lock(LOCK_SLOW, ctx, Sleep.UNINTERRUPTIBLE);
    }

    /**
     * As {@link #ww_mutex_lock_slow}, unless a signal ends the wait.
     *
     * <p>Context: process. Sleeps.
     *
     * @return 0, or -EINTR
     */
    @KernelFunction(header = "linux/ww_mutex.h", sleeps = ALWAYS, byTask = true, pairsWith = "ww_mutex_unlock")
    public static int ww_mutex_lock_slow_interruptible(ww_mutex lock, ww_acquire_ctx ctx) {
        WoundWaitLock target = of(lock, "ww_mutex_lock_slow_interruptible()");
        target.checkSlow("ww_mutex_lock_slow_interruptible()", of(ctx, "ww_mutex_lock_slow_interruptible()"));
        return result(target.lock(LOCK_SLOW_INTERRUPTIBLE, ctx, Sleep.INTERRUPTIBLE));
    }

    /**
     * Takes {@code lock} if it is free.
     *
     * <p>Context: process, or atomic.
     *
     * @return 1 if it was taken, else 0
     */
    @KernelFunction(
            header = "linux/ww_mutex.h",
            contexts = {PROCESS, ATOMIC},
            byTask = true,
            pairsWith = "ww_mutex_unlock")
    public static int ww_mutex_trylock(ww_mutex lock, @Nullable ww_acquire_ctx ctx) {
        return of(lock, "ww_mutex_trylock()").tryLock(TRYLOCK, ctx) ? 1 : 0;
    }

    /**
     * Gives {@code lock} back.
     *
     * <p>Context: process, or atomic; the task that took it.
     */
    @KernelFunction(
            header = "linux/ww_mutex.h",
            contexts = {PROCESS, ATOMIC},
            byTask = true,
            pairsWith = "ww_mutex_lock")
    public static void ww_mutex_unlock(ww_mutex lock) {
        of(lock, "ww_mutex_unlock()").unlock("ww_mutex_unlock()");
    }

    /**
     * Whether somebody has {@code lock}.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/ww_mutex.h")
    public static boolean ww_mutex_is_locked(ww_mutex lock) {
        return of(lock, "ww_mutex_is_locked()").isLocked();
    }
}
