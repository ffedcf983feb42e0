package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.ContextKind.ATOMIC;
import static dev.tophalf.runtime.contract.ContextKind.HARDIRQ;
import static dev.tophalf.runtime.contract.ContextKind.IRQS_OFF;
import static dev.tophalf.runtime.contract.ContextKind.PROCESS;
import static dev.tophalf.runtime.contract.ContextKind.SOFTIRQ;

import dev.tophalf.linux.Types.long_box;
import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.KernelLock;
import dev.tophalf.linux.kernel.SpinLock;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.Initialiser;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.lock.LockRequest;
import dev.tophalf.runtime.lock.WaitType;

/** {@code linux/spinlock.h}: locks whose waiters spin. */
public final class Spinlock {
    private static final LockRequest SPIN_LOCK = LockRequest.of("spin_lock()");
    private static final LockRequest SPIN_LOCK_NESTED = LockRequest.of("spin_lock_nested()");
    private static final LockRequest SPIN_LOCK_NEST_LOCK = LockRequest.of("spin_lock_nest_lock()");
    private static final LockRequest SPIN_LOCK_IRQ = LockRequest.of("spin_lock_irq()");
    private static final LockRequest SPIN_LOCK_IRQSAVE = LockRequest.of("spin_lock_irqsave()");
    private static final LockRequest SPIN_LOCK_IRQSAVE_NESTED = LockRequest.of("spin_lock_irqsave_nested()");
    private static final LockRequest SPIN_LOCK_BH = LockRequest.of("spin_lock_bh()");
    private static final LockRequest SPIN_TRYLOCK =
            LockRequest.of("spin_trylock()").trying();
    private static final LockRequest SPIN_TRYLOCK_BH =
            LockRequest.of("spin_trylock_bh()").trying();
    private static final LockRequest SPIN_TRYLOCK_IRQ =
            LockRequest.of("spin_trylock_irq()").trying();
    private static final LockRequest SPIN_TRYLOCK_IRQSAVE =
            LockRequest.of("spin_trylock_irqsave()").trying();

    private Spinlock() {}

    /** A spinlock: storage inside its struct, to be initialised before use. */
    @KernelType(header = "linux/spinlock_types.h", embedded = true)
    public static final class spinlock_t extends SpinLock {
        public spinlock_t() {
            super(WaitType.CONFIG, "spin_lock_init");
        }
    }

    private static SpinLock lock(spinlock_t given, String call) {
        return Arguments.require(given, call);
    }

    /** Defines an initialised spinlock with file scope. */
    @DefinitionMacro(header = "linux/spinlock_types.h", declares = "%s")
    public static spinlock_t DEFINE_SPINLOCK(@Name String name) {
        return KernelLock.define(new spinlock_t(), name);
    }

    /** A lock that is unlocked and ready for use; its name is what C has in the parentheses. */
    @Initialiser(header = "linux/spinlock_types.h")
    public static spinlock_t __SPIN_LOCK_UNLOCKED(spinlock_t lock, @Name String lockname) {
        return KernelLock.named(lock, lockname);
    }

    /**
     * Makes a spinlock ready for use, unlocked. All locks that one call initialises are of one class to the lock checker.
     *
     * <p>Context: any. Nobody may hold it.
     */
    @KernelFunction(header = "linux/spinlock.h")
    public static void spin_lock_init(spinlock_t lock) {
        lock(lock, "spin_lock_init()").initialise();
    }

    /**
     * Takes {@code lock}, spinning until it is free.
     *
     * <p>Context: any. Takes {@code lock}; preemption is off until {@link #spin_unlock}.
     */
    @KernelFunction(header = "linux/spinlock.h", pairsWith = "spin_unlock")
    public static void spin_lock(spinlock_t lock) {
        lock(lock, "spin_lock()").lock(SPIN_LOCK);
    }

    /**
     * Takes {@code lock} where another one of its class is held already, as a subclass of it: 1 to 7.
     *
     * <p>Context: any. Takes {@code lock}.
     */
    @KernelFunction(header = "linux/spinlock.h", pairsWith = "spin_unlock")
    public static void spin_lock_nested(spinlock_t lock, int subclass) {
        lock(lock, "spin_lock_nested()").lock(SPIN_LOCK_NESTED.of(Lockdep.subclass(subclass)));
    }

    /**
     * Takes {@code lock} where others of its class may be held, by who holds {@code nest_lock}, too.
     *
     * <p>Context: any. Expects {@code nest_lock} held; takes {@code lock}.
     */
    @KernelFunction(header = "linux/spinlock.h", pairsWith = "spin_unlock")
    public static void spin_lock_nest_lock(spinlock_t lock, KernelLock nest_lock) {
        lock(lock, "spin_lock_nest_lock()").lock(SPIN_LOCK_NEST_LOCK.under(nest_lock));
    }

    /**
     * Takes {@code lock} with interrupts off on this CPU.
     *
     * <p>Context: where interrupts are on, for the unlock turns them on. Takes {@code lock}.
     */
    @KernelFunction(
            header = "linux/spinlock.h",
            pairsWith = "spin_unlock_irq",
            contexts = {PROCESS, ATOMIC, SOFTIRQ})
    public static void spin_lock_irq(spinlock_t lock) {
        Irqflags.save();
        lock(lock, "spin_lock_irq()").lock(SPIN_LOCK_IRQ);
    }

    /**
     * Takes {@code lock} with interrupts off on this CPU.
     *
     * <p>Context: any. Takes {@code lock}.
     *
     * @return what {@link #spin_unlock_irqrestore} has to be given, in the same function
     */
    @KernelFunction(header = "linux/spinlock.h", pairsWith = "spin_unlock_irqrestore")
    public static long spin_lock_irqsave(spinlock_t lock) {
        long flags = Irqflags.save();
        lock(lock, "spin_lock_irqsave()").lock(SPIN_LOCK_IRQSAVE);
        return flags;
    }

    /**
     * As {@link #spin_lock_irqsave}, as a subclass of its class: 1 to 7.
     *
     * <p>Context: any. Takes {@code lock}.
     *
     * @return what {@link #spin_unlock_irqrestore} has to be given, in the same function
     */
    @KernelFunction(header = "linux/spinlock.h", pairsWith = "spin_unlock_irqrestore")
    public static long spin_lock_irqsave_nested(spinlock_t lock, int subclass) {
        long flags = Irqflags.save();
        lock(lock, "spin_lock_irqsave_nested()").lock(SPIN_LOCK_IRQSAVE_NESTED.of(Lockdep.subclass(subclass)));
        return flags;
    }

    /**
     * Takes {@code lock} with softirqs off on this CPU.
     *
     * <p>Context: process, atomic or softirq, with interrupts on. Takes {@code lock}.
     */
    @KernelFunction(
            header = "linux/spinlock.h",
            pairsWith = "spin_unlock_bh",
            contexts = {PROCESS, ATOMIC, SOFTIRQ})
    public static void spin_lock_bh(spinlock_t lock) {
        BottomHalf.disable();
        lock(lock, "spin_lock_bh()").lock(SPIN_LOCK_BH);
    }

    /**
     * Takes {@code lock} if it is free.
     *
     * <p>Context: any. Takes {@code lock} on success.
     *
     * @return 1 if it was taken, else 0
     */
    @KernelFunction(header = "linux/spinlock.h", pairsWith = "spin_unlock")
    public static int spin_trylock(spinlock_t lock) {
        return lock(lock, "spin_trylock()").tryLock(SPIN_TRYLOCK) ? 1 : 0;
    }

    /**
     * Takes {@code lock} with softirqs off on this CPU, if it is free; else softirqs are as they were.
     *
     * <p>Context: process, atomic or softirq, with interrupts on. Takes {@code lock} on success.
     *
     * @return 1 if it was taken, else 0
     */
    @KernelFunction(
            header = "linux/spinlock.h",
            pairsWith = "spin_unlock_bh",
            contexts = {PROCESS, ATOMIC, SOFTIRQ})
    public static int spin_trylock_bh(spinlock_t lock) {
        BottomHalf.disable();
        if (lock(lock, "spin_trylock_bh()").tryLock(SPIN_TRYLOCK_BH)) {
            return 1;
        }
        BottomHalf.enable("spin_trylock_bh()");
        return 0;
    }

    /**
     * Takes {@code lock} with interrupts off on this CPU, if it is free; else interrupts are on.
     *
     * <p>Context: where interrupts are on. Takes {@code lock} on success.
     *
     * @return 1 if it was taken, else 0
     */
    @KernelFunction(
            header = "linux/spinlock.h",
            pairsWith = "spin_unlock_irq",
            contexts = {PROCESS, ATOMIC, SOFTIRQ})
    public static int spin_trylock_irq(spinlock_t lock) {
        Irqflags.save();
        if (lock(lock, "spin_trylock_irq()").tryLock(SPIN_TRYLOCK_IRQ)) {
            return 1;
        }
        Irqflags.enable("spin_trylock_irq()");
        return 0;
    }

    /**
     * Takes {@code lock} with interrupts off on this CPU, if it is free; else interrupts are as they were.
     *
     * <p>Context: any. Takes {@code lock} on success.
     *
     * @param flags gets what {@link #spin_unlock_irqrestore} has to be given
     * @return 1 if it was taken, else 0
     */
    @KernelFunction(header = "linux/spinlock.h", pairsWith = "spin_unlock_irqrestore")
    public static int spin_trylock_irqsave(spinlock_t lock, long_box flags) {
        long saved = Irqflags.save();
        Arguments.require(flags, "spin_trylock_irqsave()").value = saved;
        if (lock(lock, "spin_trylock_irqsave()").tryLock(SPIN_TRYLOCK_IRQSAVE)) {
            return 1;
        }
        Irqflags.restore(saved, "spin_trylock_irqsave()");
        return 0;
    }

    /**
     * Gives {@code lock} back.
     *
     * <p>Context: expects {@code lock} held.
     */
    @KernelFunction(
            header = "linux/spinlock.h",
            pairsWith = "spin_lock",
            contexts = {ATOMIC, IRQS_OFF, SOFTIRQ, HARDIRQ})
    public static void spin_unlock(spinlock_t lock) {
        lock(lock, "spin_unlock()").unlock("spin_unlock()");
    }

    /**
     * Gives {@code lock} back and turns interrupts on.
     *
     * <p>Context: expects {@code lock} held and interrupts off.
     */
    @KernelFunction(
            header = "linux/spinlock.h",
            pairsWith = "spin_lock_irq",
            contexts = {IRQS_OFF, SOFTIRQ})
    public static void spin_unlock_irq(spinlock_t lock) {
        lock(lock, "spin_unlock_irq()").unlock("spin_unlock_irq()");
        Irqflags.enable("spin_unlock_irq()");
    }

    /**
     * Gives {@code lock} back and interrupts the state that {@code flags} has.
     *
     * <p>Context: expects {@code lock} held and interrupts off.
     */
    @KernelFunction(
            header = "linux/spinlock.h",
            pairsWith = "spin_lock_irqsave",
            contexts = {IRQS_OFF, SOFTIRQ, HARDIRQ})
    public static void spin_unlock_irqrestore(spinlock_t lock, long flags) {
        lock(lock, "spin_unlock_irqrestore()").unlock("spin_unlock_irqrestore()");
        Irqflags.restore(flags, "spin_unlock_irqrestore()");
    }

    /**
     * Gives {@code lock} back and lets softirqs in again; those that wait run before it returns.
     *
     * <p>Context: expects {@code lock} held, softirqs off and interrupts on.
     */
    @KernelFunction(
            header = "linux/spinlock.h",
            pairsWith = "spin_lock_bh",
            contexts = {ATOMIC, SOFTIRQ})
    public static void spin_unlock_bh(spinlock_t lock) {
        lock(lock, "spin_unlock_bh()").unlock("spin_unlock_bh()");
        BottomHalf.enable("spin_unlock_bh()");
    }

    /**
     * Whether somebody holds {@code lock}: not necessarily the caller, and not necessarily still.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/spinlock.h")
    public static int spin_is_locked(spinlock_t lock) {
        return lock(lock, "spin_is_locked()").isLocked() ? 1 : 0;
    }

    /**
     * Whether somebody waits for {@code lock}.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/spinlock.h")
    public static int spin_is_contended(spinlock_t lock) {
        return lock(lock, "spin_is_contended()").isContended() ? 1 : 0;
    }

    /**
     * Says that {@code lock} is held, by whomever, and checks it.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/spinlock.h")
    public static void assert_spin_locked(spinlock_t lock) {
        Lockdep.requireLocked(lock(lock, "assert_spin_locked()"));
    }
}
