package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.ContextKind.ATOMIC;
import static dev.tophalf.runtime.contract.ContextKind.PROCESS;
import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;

import dev.tophalf.linux.Spinlock.Locks;
import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.linux.kernel.WorkQueues;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.cpu.HeldLock;
import dev.tophalf.runtime.cpu.HoldableLock;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.sched.Sleep;
import dev.tophalf.runtime.sched.WaitQueue;
import org.jspecify.annotations.Nullable;

/** {@code linux/mutex.h}: locks whose waiters sleep. */
public final class Mutex {
    private Mutex() {}

    /** A mutex: storage inside its struct, to be initialised before use. */
    @KernelType(header = "linux/mutex.h", embedded = true)
    public static final class mutex extends EmbeddedStruct implements HoldableLock {
        private boolean initialised;
        private @Nullable ExecutionContext owner;
        private @Nullable WaitQueue waiters;

        @Override
        public String lockName() {
            return Locks.name(this);
        }

        @Override
        public void breakOpen() {
            owner = null;
            wake();
        }

        private WaitQueue waiters() {
            if (waiters == null) {
                waiters = new WaitQueue(Simulation.current().scheduler());
            }
            return waiters;
        }

        private void wake() {
            if (waiters != null) {
                waiters.wakeAll();
            }
        }
    }

    /** Defines an initialised mutex with file scope. */
    @DefinitionMacro(header = "linux/mutex.h", declares = "%s")
    public static mutex DEFINE_MUTEX(@Name String name) {
        mutex lock = EmbeddedStruct.embed(new mutex(), null, name);
        lock.initialised = true;
        return lock;
    }

    /**
     * Makes a mutex ready for use, unlocked.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/mutex.h", pairsWith = "mutex_destroy")
    public static void mutex_init(mutex lock) {
        mutex target = Locks.require(lock, "mutex_init()");
        target.initialised = true;
        target.owner = null;
    }

    /**
     * Takes {@code lock}, sleeping until it is free.
     *
     * <p>Context: process. Sleeps. Takes {@code lock}.
     */
    @KernelFunction(header = "linux/mutex.h", sleeps = ALWAYS, pairsWith = "mutex_unlock")
    public static void mutex_lock(mutex lock) {
        mutex target = checked(lock, "mutex_lock()");
        Simulation now = Simulation.current();
        if (target.owner == now.cpu().context()) {
            Misuses.report(
                    "deadlock",
                    "mutex_lock() waits for " + target.lockName() + ", which its caller already holds",
                    "WARNING: possible recursive locking detected",
                    "take the mutex once, and call helpers that expect it held");
            throw now.gate().killCurrent("deadlock on " + target.lockName());
        }
        WorkQueues.of(now).flush().lockTaken(target);
        Awaited free = new Awaited("mutex " + target.lockName(), () -> target.owner == null, () -> target.owner);
        target.waiters().await(free, Sleep.UNINTERRUPTIBLE);
        take(target, now);
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
            pairsWith = "mutex_unlock")
    public static int mutex_trylock(mutex lock) {
        mutex target = checked(lock, "mutex_trylock()");
        if (target.owner != null) {
            return 0;
        }
        take(target, Simulation.current());
        return 1;
    }

    /**
     * Gives {@code lock} back.
     *
     * <p>Context: process, or atomic; the task that took it.
     */
    @KernelFunction(
            header = "linux/mutex.h",
            contexts = {PROCESS, ATOMIC},
            pairsWith = "mutex_lock")
    public static void mutex_unlock(mutex lock) {
        mutex target = checked(lock, "mutex_unlock()");
        if (!Simulation.current().cpu().context().release(target)) {
            Misuses.report(
                    "unlock-not-held",
                    "mutex_unlock() of " + target.lockName() + ", which is not held here",
                    "WARNING: bad unlock balance detected!",
                    "pair every unlock with one lock by the same task");
            return;
        }
        target.owner = null;
        target.wake();
    }

    private static void take(mutex target, Simulation now) {
        target.owner = now.cpu().context();
        now.cpu().context().take(new HeldLock(target, now.site(), true));
    }

    private static mutex checked(@Nullable mutex lock, String call) {
        mutex target = Locks.require(lock, call);
        if (!target.initialised) {
            Misuses.report(
                    "lock-not-initialised",
                    call + " of " + target.lockName() + ", which was never initialised",
                    "DEBUG_LOCKS_WARN_ON(lock->magic != lock)",
                    "call mutex_init() before anybody can take the mutex");
            target.initialised = true;
        }
        return target;
    }
}
