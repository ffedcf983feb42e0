package dev.tophalf.linux;

import static dev.tophalf.linux.Errno.EINTR;
import static dev.tophalf.runtime.contract.ContextKind.ATOMIC;
import static dev.tophalf.runtime.contract.ContextKind.PROCESS;
import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;

import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.KernelLock;
import dev.tophalf.linux.kernel.SleepingLock;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.Initialiser;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.lock.LockRequest;
import dev.tophalf.runtime.sched.Sleep;

/** {@code linux/rtmutex.h}: mutexes that lend their owner the priority of who waits ({@code
 * kernel/locking/rtmutex_api.c}). Tasks have no priorities here, so what is left is a mutex. */
public final class Rtmutex {
    private static final LockRequest LOCK = LockRequest.of("rt_mutex_lock()");
    private static final LockRequest LOCK_INTERRUPTIBLE = LockRequest.of("rt_mutex_lock_interruptible()");
    private static final LockRequest LOCK_KILLABLE = LockRequest.of("rt_mutex_lock_killable()");
    private static final LockRequest LOCK_NESTED = LockRequest.of("rt_mutex_lock_nested()");
    private static final LockRequest LOCK_NEST_LOCK = LockRequest.of("rt_mutex_lock_nest_lock()");
    private static final LockRequest TRYLOCK =
            LockRequest.of("rt_mutex_trylock()").trying();

    private Rtmutex() {}

    /** A mutex: storage inside its struct, to be initialised before use. */
    @KernelType(header = "linux/rtmutex.h", embedded = true)
    public static final class rt_mutex extends SleepingLock {
        public rt_mutex() {
            super("rt_mutex_init", "rt_mutex");
        }
    }

    private static SleepingLock lock(rt_mutex given, String call) {
        return Arguments.require(given, call);
    }

    /** Defines an initialised rt_mutex with file scope. */
    @DefinitionMacro(header = "linux/rtmutex.h", declares = "%s")
    public static rt_mutex DEFINE_RT_MUTEX(@Name String name) {
        return KernelLock.define(new rt_mutex(), name);
    }

    /** A lock that is unlocked and ready for use; its name is what C has in the parentheses. */
    @Initialiser(header = "linux/rtmutex.h")
    public static rt_mutex __RT_MUTEX_INITIALIZER(rt_mutex lock, @Name String lockname) {
        return KernelLock.named(lock, lockname);
    }

    /**
     * Makes an rt_mutex ready for use, unlocked. All that one call initialises are of one class to the lock checker.
     *
     * <p>Context: any. Nobody may hold it.
     */
    @KernelFunction(header = "linux/rtmutex.h")
    public static void rt_mutex_init(rt_mutex lock) {
        lock(lock, "rt_mutex_init()").initialise();
    }

    /**
     * Takes {@code lock}, sleeping until it is free.
     *
     * <p>Context: process. Sleeps. Takes {@code lock}.
     */
    @KernelFunction(header = "linux/rtmutex.h", sleeps = ALWAYS, byTask = true, pairsWith = "rt_mutex_unlock")
    public static void rt_mutex_lock(rt_mutex lock) {
        lock(lock, "rt_mutex_lock()").lock(LOCK, Sleep.UNINTERRUPTIBLE);
    }

    /**
     * Takes {@code lock} where another one of its class is held already, as a subclass of it: 1 to 7.
     *
     * <p>Context: process. Sleeps. Takes {@code lock}.
     */
    @KernelFunction(header = "linux/rtmutex.h", sleeps = ALWAYS, byTask = true, pairsWith = "rt_mutex_unlock")
    public static void rt_mutex_lock_nested(rt_mutex lock, int subclass) {
        lock(lock, "rt_mutex_lock_nested()").lock(LOCK_NESTED.of(Lockdep.subclass(subclass)), Sleep.UNINTERRUPTIBLE);
    }

    /**
     * Takes {@code lock} where others of its class may be held, by who holds {@code nest_lock}, too.
     *
     * <p>Context: process. Sleeps. Expects {@code nest_lock} held; takes {@code lock}.
     */
    @KernelFunction(header = "linux/rtmutex.h", sleeps = ALWAYS, byTask = true, pairsWith = "rt_mutex_unlock")
    public static void rt_mutex_lock_nest_lock(rt_mutex lock, KernelLock nest_lock) {
        lock(lock, "rt_mutex_lock_nest_lock()").lock(LOCK_NEST_LOCK.under(nest_lock), Sleep.UNINTERRUPTIBLE);
    }

    /**
     * Takes {@code lock}, sleeping until it is free or a signal comes.
     *
     * <p>Context: process. Sleeps. Takes {@code lock} on success.
     *
     * @return 0, or -EINTR
     */
    @KernelFunction(header = "linux/rtmutex.h", sleeps = ALWAYS, byTask = true, pairsWith = "rt_mutex_unlock")
    public static int rt_mutex_lock_interruptible(rt_mutex lock) {
        return lock(lock, "rt_mutex_lock_interruptible()").lock(LOCK_INTERRUPTIBLE, Sleep.INTERRUPTIBLE) ? 0 : -EINTR;
    }

    /**
     * Takes {@code lock}, sleeping until it is free or a fatal signal comes.
     *
     * <p>Context: process. Sleeps. Takes {@code lock} on success.
     *
     * @return 0, or -EINTR
     */
    @KernelFunction(header = "linux/rtmutex.h", sleeps = ALWAYS, byTask = true, pairsWith = "rt_mutex_unlock")
    public static int rt_mutex_lock_killable(rt_mutex lock) {
        return lock(lock, "rt_mutex_lock_killable()").lock(LOCK_KILLABLE, Sleep.KILLABLE) ? 0 : -EINTR;
    }

    /**
     * Takes {@code lock} if it is free.
     *
     * <p>Context: process, or atomic. Takes {@code lock} on success.
     *
     * @return 1 if it was taken, else 0
     */
    @KernelFunction(
            header = "linux/rtmutex.h",
            contexts = {PROCESS, ATOMIC},
            byTask = true,
            pairsWith = "rt_mutex_unlock")
    public static int rt_mutex_trylock(rt_mutex lock) {
        return lock(lock, "rt_mutex_trylock()").tryLock(TRYLOCK) ? 1 : 0;
    }

    /**
     * Gives {@code lock} back.
     *
     * <p>Context: process, or atomic; the task that took it.
     */
    @KernelFunction(
            header = "linux/rtmutex.h",
            contexts = {PROCESS, ATOMIC},
            byTask = true,
            pairsWith = "rt_mutex_lock")
    public static void rt_mutex_unlock(rt_mutex lock) {
        lock(lock, "rt_mutex_unlock()").unlock("rt_mutex_unlock()");
    }

    /**
     * Whether somebody has {@code lock}: not necessarily the caller, and not necessarily still.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/rtmutex.h")
    public static boolean rt_mutex_is_locked(rt_mutex lock) {
        return lock(lock, "rt_mutex_is_locked()").isLocked();
    }
}
