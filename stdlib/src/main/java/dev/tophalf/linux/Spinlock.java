package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.ContextKind.ATOMIC;
import static dev.tophalf.runtime.contract.ContextKind.HARDIRQ;
import static dev.tophalf.runtime.contract.ContextKind.IRQS_OFF;
import static dev.tophalf.runtime.contract.ContextKind.PROCESS;
import static dev.tophalf.runtime.contract.ContextKind.SOFTIRQ;

import dev.tophalf.linux.kernel.Callbacks;
import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.cpu.HeldLock;
import dev.tophalf.runtime.cpu.HoldableLock;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import org.jspecify.annotations.Nullable;

/** {@code linux/spinlock.h}: locks whose waiters spin. */
public final class Spinlock {
    private Spinlock() {}

    /** A spinlock: storage inside its struct, to be initialised before use. */
    @KernelType(header = "linux/spinlock_types.h", embedded = true)
    public static final class spinlock_t extends EmbeddedStruct implements HoldableLock {
        private boolean initialised;
        private @Nullable ExecutionContext owner;

        @Override
        public String lockName() {
            return Locks.name(this);
        }

        @Override
        public void breakOpen() {
            owner = null;
        }
    }

    /**
     * Defines an initialised spinlock with file scope.
     */
    @DefinitionMacro(header = "linux/spinlock_types.h", declares = "%s")
    public static spinlock_t DEFINE_SPINLOCK(@Name String name) {
        spinlock_t lock = EmbeddedStruct.embed(new spinlock_t(), null, name);
        lock.initialised = true;
        return lock;
    }

    /**
     * Makes a spinlock ready for use, unlocked.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/spinlock.h")
    public static void spin_lock_init(spinlock_t lock) {
        spinlock_t spinlock = Locks.require(lock, "spin_lock_init()");
        spinlock.initialised = true;
        spinlock.owner = null;
    }

    /**
     * Takes {@code lock}, spinning until it is free.
     *
     * <p>Context: any. Takes {@code lock}; preemption is off until {@link #spin_unlock}.
     */
    @KernelFunction(header = "linux/spinlock.h", pairsWith = "spin_unlock")
    public static void spin_lock(spinlock_t lock) {
        acquire(lock, "spin_lock()");
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
        release(lock, "spin_unlock()");
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
        acquire(lock, "spin_lock_irq()");
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
        release(lock, "spin_unlock_irq()");
        Irqflags.enable("spin_unlock_irq()");
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
        acquire(lock, "spin_lock_irqsave()");
        return flags;
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
        release(lock, "spin_unlock_irqrestore()");
        Irqflags.restore(flags, "spin_unlock_irqrestore()");
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
        acquire(lock, "spin_lock_bh()");
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
        release(lock, "spin_unlock_bh()");
        BottomHalf.enable("spin_unlock_bh()");
    }

    private static void acquire(@Nullable spinlock_t given, String call) {
        spinlock_t lock = Locks.require(given, call);
        Simulation now = Simulation.current();
        Cpu cpu = now.cpu();
        cpu.addPreemptCount(Cpu.PREEMPT_OFFSET);
        if (!lock.initialised) {
            Misuses.report(
                    "lock-not-initialised",
                    call + " of " + lock.lockName() + ", which was never initialised",
                    "BUG: spinlock bad magic",
                    "call spin_lock_init() before anybody can take the lock");
            lock.initialised = true;
        }
        if (lock.owner != null) {
            spin(lock, call, now);
        }
        lock.owner = cpu.context();
        cpu.context().take(new HeldLock(lock, now.site(), false));
        if (cpu.context().level() != ExecutionContext.Level.TASK) {
            Callbacks.of(now).lockTaken(lock);
        }
    }

    /** Waits for a lock that somebody holds; on this CPU that is for ever. */
    private static void spin(spinlock_t lock, String call, Simulation now) {
        for (ExecutionContext context : now.cpu().stack()) {
            if (context == lock.owner) {
                boolean itself = context == now.cpu().context();
                Misuses.report(
                        "deadlock",
                        call + " waits for " + lock.lockName() + ", which "
                                + (itself ? "its caller already holds" : "the code that it interrupted holds"),
                        itself ? "BUG: spinlock recursion" : "watchdog: BUG: soft lockup",
                        itself
                                ? "take the lock once, and call helpers that expect it held"
                                : now.cpu().inHardirq()
                                        ? "take the lock with spin_lock_irqsave() wherever the handler cannot be allowed in"
                                        : "take the lock with spin_lock_bh() wherever the softirq cannot be allowed in");
                throw now.gate().killCurrent("deadlock on " + lock.lockName());
            }
        }
        now.scheduler().spin(new Awaited(lock.lockName(), () -> lock.owner == null, () -> lock.owner));
    }

    private static void release(@Nullable spinlock_t given, String call) {
        spinlock_t lock = Locks.require(given, call);
        Cpu cpu = Simulation.current().cpu();
        if (!cpu.context().release(lock)) {
            Misuses.report(
                    "unlock-not-held",
                    call + " of " + lock.lockName() + ", which is not held here",
                    "WARNING: bad unlock balance detected!",
                    "pair every unlock with one lock on the same way through the function");
            return;
        }
        lock.owner = null;
        cpu.addPreemptCount(-Cpu.PREEMPT_OFFSET);
    }

    /** What all locks share. */
    static final class Locks {
        private Locks() {}

        static <T> T require(@Nullable T lock, String call) {
            if (lock == null) {
                throw DriverBug.nullPointer(call);
            }
            return lock;
        }

        static String name(EmbeddedStruct lock) {
            return EmbeddedStruct.nameOf(lock);
        }
    }
}
