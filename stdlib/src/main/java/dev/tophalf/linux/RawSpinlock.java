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

/** {@code linux/spinlock.h}: locks whose waiters spin whatever the kernel is built for, even with PREEMPT_RT. */
public final class RawSpinlock {
    private static final LockRequest RAW_SPIN_LOCK = LockRequest.of("raw_spin_lock()");
    private static final LockRequest RAW_SPIN_LOCK_NESTED = LockRequest.of("raw_spin_lock_nested()");
    private static final LockRequest RAW_SPIN_LOCK_NEST_LOCK = LockRequest.of("raw_spin_lock_nest_lock()");
    private static final LockRequest RAW_SPIN_LOCK_IRQ = LockRequest.of("raw_spin_lock_irq()");
    private static final LockRequest RAW_SPIN_LOCK_IRQSAVE = LockRequest.of("raw_spin_lock_irqsave()");
    private static final LockRequest RAW_SPIN_LOCK_IRQSAVE_NESTED = LockRequest.of("raw_spin_lock_irqsave_nested()");
    private static final LockRequest RAW_SPIN_LOCK_BH = LockRequest.of("raw_spin_lock_bh()");
    private static final LockRequest RAW_SPIN_TRYLOCK =
            LockRequest.of("raw_spin_trylock()").trying();
    private static final LockRequest RAW_SPIN_TRYLOCK_BH =
            LockRequest.of("raw_spin_trylock_bh()").trying();
    private static final LockRequest RAW_SPIN_TRYLOCK_IRQ =
            LockRequest.of("raw_spin_trylock_irq()").trying();
    private static final LockRequest RAW_SPIN_TRYLOCK_IRQSAVE =
            LockRequest.of("raw_spin_trylock_irqsave()").trying();

    private RawSpinlock() {}

    /** A raw spinlock: storage inside its struct, to be initialised before use. */
    @KernelType(header = "linux/spinlock_types_raw.h", embedded = true)
    public static final class raw_spinlock_t extends SpinLock {
        public raw_spinlock_t() {
            super(WaitType.SPIN, "raw_spin_lock_init");
        }
    }

    private static SpinLock lock(raw_spinlock_t given, String call) {
        return Arguments.require(given, call);
    }

    /** Defines an initialised spinlock with file scope. */
    @DefinitionMacro(header = "linux/spinlock_types_raw.h", declares = "%s")
    public static raw_spinlock_t DEFINE_RAW_SPINLOCK(@Name String name) {
        return KernelLock.define(new raw_spinlock_t(), name);
    }

    /** A lock that is unlocked and ready for use; its name is what C has in the parentheses. */
    @Initialiser(header = "linux/spinlock_types_raw.h")
    public static raw_spinlock_t __RAW_SPIN_LOCK_UNLOCKED(raw_spinlock_t lock, @Name String lockname) {
        return KernelLock.named(lock, lockname);
    }

    /**
     * Makes a spinlock ready for use, unlocked. All locks that one call initialises are of one class to the lock checker.
     *
     * <p>Context: any. Nobody may hold it.
     */
    @KernelFunction(header = "linux/spinlock.h")
    public static void raw_spin_lock_init(raw_spinlock_t lock) {
        lock(lock, "raw_spin_lock_init()").initialise();
    }

    /**
     * Takes {@code lock}, spinning until it is free.
     *
     * <p>Context: any. Takes {@code lock}; preemption is off until {@link #raw_spin_unlock}.
     */
    @KernelFunction(header = "linux/spinlock.h", pairsWith = "raw_spin_unlock")
    public static void raw_spin_lock(raw_spinlock_t lock) {
        lock(lock, "raw_spin_lock()").lock(RAW_SPIN_LOCK);
    }

    /**
     * Takes {@code lock} where another one of its class is held already, as a subclass of it: 1 to 7.
     *
     * <p>Context: any. Takes {@code lock}.
     */
    @KernelFunction(header = "linux/spinlock.h", pairsWith = "raw_spin_unlock")
    public static void raw_spin_lock_nested(raw_spinlock_t lock, int subclass) {
        lock(lock, "raw_spin_lock_nested()").lock(RAW_SPIN_LOCK_NESTED.of(Lockdep.subclass(subclass)));
    }

    /**
     * Takes {@code lock} where others of its class may be held, by who holds {@code nest_lock}, too.
     *
     * <p>Context: any. Expects {@code nest_lock} held; takes {@code lock}.
     */
    @KernelFunction(header = "linux/spinlock.h", pairsWith = "raw_spin_unlock")
    public static void raw_spin_lock_nest_lock(raw_spinlock_t lock, KernelLock nest_lock) {
        lock(lock, "raw_spin_lock_nest_lock()").lock(RAW_SPIN_LOCK_NEST_LOCK.under(nest_lock));
    }

    /**
     * Takes {@code lock} with interrupts off on this CPU.
     *
     * <p>Context: where interrupts are on, for the unlock turns them on. Takes {@code lock}.
     */
    @KernelFunction(
            header = "linux/spinlock.h",
            pairsWith = "raw_spin_unlock_irq",
            contexts = {PROCESS, ATOMIC, SOFTIRQ})
    public static void raw_spin_lock_irq(raw_spinlock_t lock) {
        Irqflags.save();
        lock(lock, "raw_spin_lock_irq()").lock(RAW_SPIN_LOCK_IRQ);
    }

    /**
     * Takes {@code lock} with interrupts off on this CPU.
     *
     * <p>Context: any. Takes {@code lock}.
     *
     * @return what {@link #raw_spin_unlock_irqrestore} has to be given, in the same function
     */
    @KernelFunction(header = "linux/spinlock.h", pairsWith = "raw_spin_unlock_irqrestore")
    public static long raw_spin_lock_irqsave(raw_spinlock_t lock) {
        long flags = Irqflags.save();
        lock(lock, "raw_spin_lock_irqsave()").lock(RAW_SPIN_LOCK_IRQSAVE);
        return flags;
    }

    /**
     * As {@link #raw_spin_lock_irqsave}, as a subclass of its class: 1 to 7.
     *
     * <p>Context: any. Takes {@code lock}.
     *
     * @return what {@link #raw_spin_unlock_irqrestore} has to be given, in the same function
     */
    @KernelFunction(header = "linux/spinlock.h", pairsWith = "raw_spin_unlock_irqrestore")
    public static long raw_spin_lock_irqsave_nested(raw_spinlock_t lock, int subclass) {
        long flags = Irqflags.save();
        lock(lock, "raw_spin_lock_irqsave_nested()").lock(RAW_SPIN_LOCK_IRQSAVE_NESTED.of(Lockdep.subclass(subclass)));
        return flags;
    }

    /**
     * Takes {@code lock} with softirqs off on this CPU.
     *
     * <p>Context: process, atomic or softirq, with interrupts on. Takes {@code lock}.
     */
    @KernelFunction(
            header = "linux/spinlock.h",
            pairsWith = "raw_spin_unlock_bh",
            contexts = {PROCESS, ATOMIC, SOFTIRQ})
    public static void raw_spin_lock_bh(raw_spinlock_t lock) {
        BottomHalf.disable();
        lock(lock, "raw_spin_lock_bh()").lock(RAW_SPIN_LOCK_BH);
    }

    /**
     * Takes {@code lock} if it is free.
     *
     * <p>Context: any. Takes {@code lock} on success.
     *
     * @return 1 if it was taken, else 0
     */
    @KernelFunction(header = "linux/spinlock.h", pairsWith = "raw_spin_unlock")
    public static int raw_spin_trylock(raw_spinlock_t lock) {
        return lock(lock, "raw_spin_trylock()").tryLock(RAW_SPIN_TRYLOCK) ? 1 : 0;
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
            pairsWith = "raw_spin_unlock_bh",
            contexts = {PROCESS, ATOMIC, SOFTIRQ})
    public static int raw_spin_trylock_bh(raw_spinlock_t lock) {
        BottomHalf.disable();
        if (lock(lock, "raw_spin_trylock_bh()").tryLock(RAW_SPIN_TRYLOCK_BH)) {
            return 1;
        }
        BottomHalf.enable("raw_spin_trylock_bh()");
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
            pairsWith = "raw_spin_unlock_irq",
            contexts = {PROCESS, ATOMIC, SOFTIRQ})
    public static int raw_spin_trylock_irq(raw_spinlock_t lock) {
        Irqflags.save();
        if (lock(lock, "raw_spin_trylock_irq()").tryLock(RAW_SPIN_TRYLOCK_IRQ)) {
            return 1;
        }
        Irqflags.enable("raw_spin_trylock_irq()");
        return 0;
    }

    /**
     * Takes {@code lock} with interrupts off on this CPU, if it is free; else interrupts are as they were.
     *
     * <p>Context: any. Takes {@code lock} on success.
     *
     * @param flags gets what {@link #raw_spin_unlock_irqrestore} has to be given
     * @return 1 if it was taken, else 0
     */
    @KernelFunction(header = "linux/spinlock.h", pairsWith = "raw_spin_unlock_irqrestore")
    public static int raw_spin_trylock_irqsave(raw_spinlock_t lock, long_box flags) {
        long saved = Irqflags.save();
        Arguments.require(flags, "raw_spin_trylock_irqsave()").value = saved;
        if (lock(lock, "raw_spin_trylock_irqsave()").tryLock(RAW_SPIN_TRYLOCK_IRQSAVE)) {
            return 1;
        }
        Irqflags.restore(saved, "raw_spin_trylock_irqsave()");
        return 0;
    }

    /**
     * Gives {@code lock} back.
     *
     * <p>Context: expects {@code lock} held.
     */
    @KernelFunction(
            header = "linux/spinlock.h",
            pairsWith = "raw_spin_lock",
            contexts = {ATOMIC, IRQS_OFF, SOFTIRQ, HARDIRQ})
    public static void raw_spin_unlock(raw_spinlock_t lock) {
        lock(lock, "raw_spin_unlock()").unlock("raw_spin_unlock()");
    }

    /**
     * Gives {@code lock} back and turns interrupts on.
     *
     * <p>Context: expects {@code lock} held and interrupts off.
     */
    @KernelFunction(
            header = "linux/spinlock.h",
            pairsWith = "raw_spin_lock_irq",
            contexts = {IRQS_OFF, SOFTIRQ})
    public static void raw_spin_unlock_irq(raw_spinlock_t lock) {
        lock(lock, "raw_spin_unlock_irq()").unlock("raw_spin_unlock_irq()");
        Irqflags.enable("raw_spin_unlock_irq()");
    }

    /**
     * Gives {@code lock} back and interrupts the state that {@code flags} has.
     *
     * <p>Context: expects {@code lock} held and interrupts off.
     */
    @KernelFunction(
            header = "linux/spinlock.h",
            pairsWith = "raw_spin_lock_irqsave",
            contexts = {IRQS_OFF, SOFTIRQ, HARDIRQ})
    public static void raw_spin_unlock_irqrestore(raw_spinlock_t lock, long flags) {
        lock(lock, "raw_spin_unlock_irqrestore()").unlock("raw_spin_unlock_irqrestore()");
        Irqflags.restore(flags, "raw_spin_unlock_irqrestore()");
    }

    /**
     * Gives {@code lock} back and lets softirqs in again; those that wait run before it returns.
     *
     * <p>Context: expects {@code lock} held, softirqs off and interrupts on.
     */
    @KernelFunction(
            header = "linux/spinlock.h",
            pairsWith = "raw_spin_lock_bh",
            contexts = {ATOMIC, SOFTIRQ})
    public static void raw_spin_unlock_bh(raw_spinlock_t lock) {
        lock(lock, "raw_spin_unlock_bh()").unlock("raw_spin_unlock_bh()");
        BottomHalf.enable("raw_spin_unlock_bh()");
    }

    /**
     * Whether somebody holds {@code lock}: not necessarily the caller, and not necessarily still.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/spinlock.h")
    public static int raw_spin_is_locked(raw_spinlock_t lock) {
        return lock(lock, "raw_spin_is_locked()").isLocked() ? 1 : 0;
    }

    /**
     * Whether somebody waits for {@code lock}.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/spinlock.h")
    public static int raw_spin_is_contended(raw_spinlock_t lock) {
        return lock(lock, "raw_spin_is_contended()").isContended() ? 1 : 0;
    }

    /**
     * Says that {@code lock} is held, by whomever, and checks it.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/spinlock.h")
    public static void assert_raw_spin_locked(raw_spinlock_t lock) {
        Lockdep.requireLocked(lock(lock, "assert_raw_spin_locked()"));
    }
}
