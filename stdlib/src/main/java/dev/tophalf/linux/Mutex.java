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

/** {@code linux/mutex.h}: locks whose waiters sleep. */
public final class Mutex {
    private static final LockRequest LOCK = LockRequest.of("mutex_lock()");
    private static final LockRequest LOCK_INTERRUPTIBLE = LockRequest.of("mutex_lock_interruptible()");
    private static final LockRequest LOCK_KILLABLE = LockRequest.of("mutex_lock_killable()");
    private static final LockRequest LOCK_NESTED = LockRequest.of("mutex_lock_nested()");
    private static final LockRequest LOCK_NEST_LOCK = LockRequest.of("mutex_lock_nest_lock()");
    private static final LockRequest TRYLOCK = LockRequest.of("mutex_trylock()").trying();

    private Mutex() {}

    /** A mutex: storage inside its struct, to be initialised before use. */
    @KernelType(header = "linux/mutex.h", embedded = true)
    public static final class mutex extends SleepingLock {
        public mutex() {
            super("mutex_init", "mutex");
        }
    }

    private static SleepingLock lock(mutex given, String call) {
        return Arguments.require(given, call);
    }

    /** Defines an initialised mutex with file scope. */
    @DefinitionMacro(header = "linux/mutex.h", declares = "%s")
    public static mutex DEFINE_MUTEX(@Name String name) {
        return KernelLock.define(new mutex(), name);
    }

    /** A lock that is unlocked and ready for use; its name is what C has in the parentheses. */
    @Initialiser(header = "linux/mutex.h")
    public static mutex __MUTEX_INITIALIZER(mutex lock, @Name String lockname) {
        return KernelLock.named(lock, lockname);
    }

    /**
     * Makes a mutex ready for use, unlocked. All that one call initialises are of one class to the lock checker.
     *
     * <p>Context: any. Nobody may hold it.
     */
    @KernelFunction(header = "linux/mutex.h", pairsWith = "mutex_destroy")
    public static void mutex_init(mutex lock) {
        lock(lock, "mutex_init()").initialise();
    }

    /**
     * Says that a mutex is not used any more.
     *
     * <p>Context: any. Nobody may hold it.
     */
    @KernelFunction(header = "linux/mutex.h", pairsWith = "mutex_init")
    public static void mutex_destroy(mutex lock) {
        lock(lock, "mutex_destroy()").destroy("mutex_destroy()");
    }

    /**
     * Takes {@code lock}, sleeping until it is free.
     *
     * <p>Context: process. Sleeps. Takes {@code lock}.
     */
    @KernelFunction(header = "linux/mutex.h", sleeps = ALWAYS, byTask = true, pairsWith = "mutex_unlock")
    public static void mutex_lock(mutex lock) {
        lock(lock, "mutex_lock()").lock(LOCK, Sleep.UNINTERRUPTIBLE);
    }

    /**
     * Takes {@code lock} where another one of its class is held already, as a subclass of it: 1 to 7.
     *
     * <p>Context: process. Sleeps. Takes {@code lock}.
     */
    @KernelFunction(header = "linux/mutex.h", sleeps = ALWAYS, byTask = true, pairsWith = "mutex_unlock")
    public static void mutex_lock_nested(mutex lock, int subclass) {
        lock(lock, "mutex_lock_nested()").lock(LOCK_NESTED.of(Lockdep.subclass(subclass)), Sleep.UNINTERRUPTIBLE);
    }

    /**
     * Takes {@code lock} where others of its class may be held, by who holds {@code nest_lock}, too.
     *
     * <p>Context: process. Sleeps. Expects {@code nest_lock} held; takes {@code lock}.
     */
    @KernelFunction(header = "linux/mutex.h", sleeps = ALWAYS, byTask = true, pairsWith = "mutex_unlock")
    public static void mutex_lock_nest_lock(mutex lock, KernelLock nest_lock) {
        lock(lock, "mutex_lock_nest_lock()").lock(LOCK_NEST_LOCK.under(nest_lock), Sleep.UNINTERRUPTIBLE);
    }

    /**
     * Takes {@code lock}, sleeping until it is free or a signal comes.
     *
     * <p>Context: process. Sleeps. Takes {@code lock} on success.
     *
     * @return 0, or -EINTR
     */
    @KernelFunction(header = "linux/mutex.h", sleeps = ALWAYS, byTask = true, pairsWith = "mutex_unlock")
    public static int mutex_lock_interruptible(mutex lock) {
        return lock(lock, "mutex_lock_interruptible()").lock(LOCK_INTERRUPTIBLE, Sleep.INTERRUPTIBLE) ? 0 : -EINTR;
    }

    /**
     * Takes {@code lock}, sleeping until it is free or a fatal signal comes.
     *
     * <p>Context: process. Sleeps. Takes {@code lock} on success.
     *
     * @return 0, or -EINTR
     */
    @KernelFunction(header = "linux/mutex.h", sleeps = ALWAYS, byTask = true, pairsWith = "mutex_unlock")
    public static int mutex_lock_killable(mutex lock) {
        return lock(lock, "mutex_lock_killable()").lock(LOCK_KILLABLE, Sleep.KILLABLE) ? 0 : -EINTR;
    }

    /**
     * Takes {@code lock} if it is free.
     *
     * <p>Context: process, or atomic. Takes {@code lock} on success.
     *
     * @return 1 if it was taken, else 0
     */
    @KernelFunction(
            header = "linux/mutex.h",
            contexts = {PROCESS, ATOMIC},
            byTask = true,
            pairsWith = "mutex_unlock")
    public static int mutex_trylock(mutex lock) {
        return lock(lock, "mutex_trylock()").tryLock(TRYLOCK) ? 1 : 0;
    }

    /**
     * Gives {@code lock} back.
     *
     * <p>Context: process, or atomic; the task that took it.
     */
    @KernelFunction(
            header = "linux/mutex.h",
            contexts = {PROCESS, ATOMIC},
            byTask = true,
            pairsWith = "mutex_lock")
    public static void mutex_unlock(mutex lock) {
        lock(lock, "mutex_unlock()").unlock("mutex_unlock()");
    }

    /**
     * Whether somebody has {@code lock}: not necessarily the caller, and not necessarily still.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/mutex.h")
    public static boolean mutex_is_locked(mutex lock) {
        return lock(lock, "mutex_is_locked()").isLocked();
    }
}
