package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.ContextKind.ATOMIC;
import static dev.tophalf.runtime.contract.ContextKind.HARDIRQ;
import static dev.tophalf.runtime.contract.ContextKind.IRQS_OFF;
import static dev.tophalf.runtime.contract.ContextKind.PROCESS;
import static dev.tophalf.runtime.contract.ContextKind.SOFTIRQ;

import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.KernelLock;
import dev.tophalf.linux.kernel.ReadWriteLock;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.Initialiser;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.lock.LockRequest;
import dev.tophalf.runtime.lock.WaitType;

/** {@code linux/rwlock.h}: spinning locks for several readers or one writer. */
public final class Rwlock {
    private static final LockRequest READ_LOCK = LockRequest.of("read_lock()");
    private static final LockRequest READ_LOCK_IRQ = LockRequest.of("read_lock_irq()");
    private static final LockRequest READ_LOCK_IRQSAVE = LockRequest.of("read_lock_irqsave()");
    private static final LockRequest READ_LOCK_BH = LockRequest.of("read_lock_bh()");
    private static final LockRequest READ_TRYLOCK = LockRequest.of("read_trylock()");
    private static final LockRequest WRITE_LOCK = LockRequest.of("write_lock()");
    private static final LockRequest WRITE_LOCK_IRQ = LockRequest.of("write_lock_irq()");
    private static final LockRequest WRITE_LOCK_IRQSAVE = LockRequest.of("write_lock_irqsave()");
    private static final LockRequest WRITE_LOCK_BH = LockRequest.of("write_lock_bh()");
    private static final LockRequest WRITE_TRYLOCK = LockRequest.of("write_trylock()");

    private Rwlock() {}

    /** A reader-writer spinlock: storage inside its struct, to be initialised before use. */
    @KernelType(header = "linux/rwlock_types.h", embedded = true)
    public static final class rwlock_t extends ReadWriteLock {
        public rwlock_t() {
            super(WaitType.CONFIG, "rwlock_init");
        }
    }

    private static ReadWriteLock lock(rwlock_t given, String call) {
        return Arguments.require(given, call);
    }

    /** Defines an initialised reader-writer lock with file scope. */
    @DefinitionMacro(header = "linux/rwlock_types.h", declares = "%s")
    public static rwlock_t DEFINE_RWLOCK(@Name String name) {
        return KernelLock.define(new rwlock_t(), name);
    }

    /** A lock that is unlocked and ready for use; its name is what C has in the parentheses. */
    @Initialiser(header = "linux/rwlock_types.h")
    public static rwlock_t __RW_LOCK_UNLOCKED(rwlock_t lock, @Name String lockname) {
        return KernelLock.named(lock, lockname);
    }

    /**
     * Makes a reader-writer lock ready for use, unlocked.
     *
     * <p>Context: any. Nobody may hold it.
     */
    @KernelFunction(header = "linux/rwlock.h")
    public static void rwlock_init(rwlock_t lock) {
        lock(lock, "rwlock_init()").initialise();
    }

    /**
     * Takes {@code lock} to read, spinning until it is free; other readers may have it, too.
     *
     * <p>Context: any. Takes {@code lock}.
     */
    @KernelFunction(header = "linux/rwlock.h", pairsWith = "read_unlock")
    public static void read_lock(rwlock_t lock) {
        lock(lock, "read_lock()").lockRead(READ_LOCK);
    }

    /**
     * Gives {@code lock} back after reading.
     *
     * <p>Context: expects {@code lock} held.
     */
    @KernelFunction(
            header = "linux/rwlock.h",
            pairsWith = "read_lock",
            contexts = {ATOMIC, IRQS_OFF, SOFTIRQ, HARDIRQ})
    public static void read_unlock(rwlock_t lock) {
        lock(lock, "read_unlock()").unlockRead("read_unlock()");
    }

    /**
     * Takes {@code lock} to read with interrupts off on this CPU, spinning until it is free; other readers may have it, too.
     *
     * <p>Context: where interrupts are on, for the unlock turns them on. Takes {@code lock}.
     */
    @KernelFunction(
            header = "linux/rwlock.h",
            pairsWith = "read_unlock_irq",
            contexts = {PROCESS, ATOMIC, SOFTIRQ})
    public static void read_lock_irq(rwlock_t lock) {
        Irqflags.save();
        lock(lock, "read_lock_irq()").lockRead(READ_LOCK_IRQ);
    }

    /**
     * Gives {@code lock} back after reading and turns interrupts on.
     *
     * <p>Context: expects {@code lock} held.
     */
    @KernelFunction(
            header = "linux/rwlock.h",
            pairsWith = "read_lock_irq",
            contexts = {IRQS_OFF, SOFTIRQ})
    public static void read_unlock_irq(rwlock_t lock) {
        lock(lock, "read_unlock_irq()").unlockRead("read_unlock_irq()");
        Irqflags.enable("read_unlock_irq()");
    }

    /**
     * Takes {@code lock} to read with interrupts off on this CPU, spinning until it is free; other readers may have it, too.
     *
     * <p>Context: any. Takes {@code lock}.
     *
     * @return what {@link #read_unlock_irqrestore} has to be given, in the same function
     */
    @KernelFunction(header = "linux/rwlock.h", pairsWith = "read_unlock_irqrestore")
    public static long read_lock_irqsave(rwlock_t lock) {
        long flags = Irqflags.save();
        lock(lock, "read_lock_irqsave()").lockRead(READ_LOCK_IRQSAVE);
        return flags;
    }

    /**
     * Gives {@code lock} back after reading, and interrupts the state that {@code flags} has.
     *
     * <p>Context: expects {@code lock} held.
     */
    @KernelFunction(
            header = "linux/rwlock.h",
            pairsWith = "read_lock_irqsave",
            contexts = {IRQS_OFF, SOFTIRQ, HARDIRQ})
    public static void read_unlock_irqrestore(rwlock_t lock, long flags) {
        lock(lock, "read_unlock_irqrestore()").unlockRead("read_unlock_irqrestore()");
        Irqflags.restore(flags, "read_unlock_irqrestore()");
    }

    /**
     * Takes {@code lock} to read with softirqs off on this CPU, spinning until it is free; other readers may have it, too.
     *
     * <p>Context: process, atomic or softirq, with interrupts on. Takes {@code lock}.
     */
    @KernelFunction(
            header = "linux/rwlock.h",
            pairsWith = "read_unlock_bh",
            contexts = {PROCESS, ATOMIC, SOFTIRQ})
    public static void read_lock_bh(rwlock_t lock) {
        BottomHalf.disable();
        lock(lock, "read_lock_bh()").lockRead(READ_LOCK_BH);
    }

    /**
     * Gives {@code lock} back after reading and lets softirqs in again.
     *
     * <p>Context: expects {@code lock} held.
     */
    @KernelFunction(
            header = "linux/rwlock.h",
            pairsWith = "read_lock_bh",
            contexts = {ATOMIC, SOFTIRQ})
    public static void read_unlock_bh(rwlock_t lock) {
        lock(lock, "read_unlock_bh()").unlockRead("read_unlock_bh()");
        BottomHalf.enable("read_unlock_bh()");
    }

    /**
     * Takes {@code lock} to read if that is possible at once.
     *
     * <p>Context: any. Takes {@code lock} on success.
     *
     * @return 1 if it was taken, else 0
     */
    @KernelFunction(header = "linux/rwlock.h", pairsWith = "read_unlock")
    public static int read_trylock(rwlock_t lock) {
        return lock(lock, "read_trylock()").tryLockRead(READ_TRYLOCK) ? 1 : 0;
    }

    /**
     * Takes {@code lock} to write, spinning until it is free; nobody else has it then.
     *
     * <p>Context: any. Takes {@code lock}.
     */
    @KernelFunction(header = "linux/rwlock.h", pairsWith = "write_unlock")
    public static void write_lock(rwlock_t lock) {
        lock(lock, "write_lock()").lockWrite(WRITE_LOCK);
    }

    /**
     * Gives {@code lock} back after writing.
     *
     * <p>Context: expects {@code lock} held.
     */
    @KernelFunction(
            header = "linux/rwlock.h",
            pairsWith = "write_lock",
            contexts = {ATOMIC, IRQS_OFF, SOFTIRQ, HARDIRQ})
    public static void write_unlock(rwlock_t lock) {
        lock(lock, "write_unlock()").unlockWrite("write_unlock()");
    }

    /**
     * Takes {@code lock} to write with interrupts off on this CPU, spinning until it is free; nobody else has it then.
     *
     * <p>Context: where interrupts are on, for the unlock turns them on. Takes {@code lock}.
     */
    @KernelFunction(
            header = "linux/rwlock.h",
            pairsWith = "write_unlock_irq",
            contexts = {PROCESS, ATOMIC, SOFTIRQ})
    public static void write_lock_irq(rwlock_t lock) {
        Irqflags.save();
        lock(lock, "write_lock_irq()").lockWrite(WRITE_LOCK_IRQ);
    }

    /**
     * Gives {@code lock} back after writing and turns interrupts on.
     *
     * <p>Context: expects {@code lock} held.
     */
    @KernelFunction(
            header = "linux/rwlock.h",
            pairsWith = "write_lock_irq",
            contexts = {IRQS_OFF, SOFTIRQ})
    public static void write_unlock_irq(rwlock_t lock) {
        lock(lock, "write_unlock_irq()").unlockWrite("write_unlock_irq()");
        Irqflags.enable("write_unlock_irq()");
    }

    /**
     * Takes {@code lock} to write with interrupts off on this CPU, spinning until it is free; nobody else has it then.
     *
     * <p>Context: any. Takes {@code lock}.
     *
     * @return what {@link #write_unlock_irqrestore} has to be given, in the same function
     */
    @KernelFunction(header = "linux/rwlock.h", pairsWith = "write_unlock_irqrestore")
    public static long write_lock_irqsave(rwlock_t lock) {
        long flags = Irqflags.save();
        lock(lock, "write_lock_irqsave()").lockWrite(WRITE_LOCK_IRQSAVE);
        return flags;
    }

    /**
     * Gives {@code lock} back after writing, and interrupts the state that {@code flags} has.
     *
     * <p>Context: expects {@code lock} held.
     */
    @KernelFunction(
            header = "linux/rwlock.h",
            pairsWith = "write_lock_irqsave",
            contexts = {IRQS_OFF, SOFTIRQ, HARDIRQ})
    public static void write_unlock_irqrestore(rwlock_t lock, long flags) {
        lock(lock, "write_unlock_irqrestore()").unlockWrite("write_unlock_irqrestore()");
        Irqflags.restore(flags, "write_unlock_irqrestore()");
    }

    /**
     * Takes {@code lock} to write with softirqs off on this CPU, spinning until it is free; nobody else has it then.
     *
     * <p>Context: process, atomic or softirq, with interrupts on. Takes {@code lock}.
     */
    @KernelFunction(
            header = "linux/rwlock.h",
            pairsWith = "write_unlock_bh",
            contexts = {PROCESS, ATOMIC, SOFTIRQ})
    public static void write_lock_bh(rwlock_t lock) {
        BottomHalf.disable();
        lock(lock, "write_lock_bh()").lockWrite(WRITE_LOCK_BH);
    }

    /**
     * Gives {@code lock} back after writing and lets softirqs in again.
     *
     * <p>Context: expects {@code lock} held.
     */
    @KernelFunction(
            header = "linux/rwlock.h",
            pairsWith = "write_lock_bh",
            contexts = {ATOMIC, SOFTIRQ})
    public static void write_unlock_bh(rwlock_t lock) {
        lock(lock, "write_unlock_bh()").unlockWrite("write_unlock_bh()");
        BottomHalf.enable("write_unlock_bh()");
    }

    /**
     * Takes {@code lock} to write if that is possible at once.
     *
     * <p>Context: any. Takes {@code lock} on success.
     *
     * @return 1 if it was taken, else 0
     */
    @KernelFunction(header = "linux/rwlock.h", pairsWith = "write_unlock")
    public static int write_trylock(rwlock_t lock) {
        return lock(lock, "write_trylock()").tryLockWrite(WRITE_TRYLOCK) ? 1 : 0;
    }
}
