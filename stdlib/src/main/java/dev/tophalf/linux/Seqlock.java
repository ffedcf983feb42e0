package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.ContextKind.ATOMIC;
import static dev.tophalf.runtime.contract.ContextKind.PROCESS;
import static dev.tophalf.runtime.contract.ContextKind.SOFTIRQ;

import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.SequenceCount;
import dev.tophalf.linux.kernel.SpinLock;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.lock.LockRequest;
import dev.tophalf.runtime.lock.WaitType;
import dev.tophalf.runtime.memory.EmbeddedStruct;

/** {@code linux/seqlock.h}: readers who keep nobody out, and read again if somebody has written meanwhile. */
public final class Seqlock {
    private static final LockRequest READ_SEQBEGIN = LockRequest.of("read_seqbegin()");
    private static final LockRequest READ_SEQCOUNT_BEGIN = LockRequest.of("read_seqcount_begin()");
    private static final LockRequest WRITE_SEQCOUNT_BEGIN = LockRequest.of("write_seqcount_begin()");
    private static final LockRequest WRITE_SEQLOCK = LockRequest.of("write_seqlock()");
    private static final LockRequest WRITE_SEQLOCK_IRQ = LockRequest.of("write_seqlock_irq()");
    private static final LockRequest WRITE_SEQLOCK_IRQSAVE = LockRequest.of("write_seqlock_irqsave()");
    private static final LockRequest WRITE_SEQLOCK_BH = LockRequest.of("write_seqlock_bh()");

    private Seqlock() {}

    /** A sequence count whose writers keep each other out by themselves. */
    @KernelType(header = "linux/seqlock_types.h", embedded = true)
    public static final class seqcount_t extends SequenceCount {
        public seqcount_t() {
            super("seqcount_init");
        }
    }

    /** A sequence count with a spinlock for its writers. */
    @KernelType(header = "linux/seqlock_types.h", embedded = true)
    public static final class seqlock_t extends EmbeddedStruct {
        final seqcount_t count = embed(new seqcount_t(), this, "seqcount");
        final SeqlockLock lock = embed(new SeqlockLock(), this, "lock");
    }

    /** The spinlock of a {@link seqlock_t}. */
    static final class SeqlockLock extends SpinLock {
        SeqlockLock() {
            super(WaitType.CONFIG, "seqlock_init");
        }
    }

    private static seqlock_t require(seqlock_t given, String call) {
        return Arguments.require(given, call);
    }

    private static seqcount_t require(seqcount_t given, String call) {
        return Arguments.require(given, call);
    }

    /** Defines an initialised seqlock with file scope. */
    @DefinitionMacro(header = "linux/seqlock.h", declares = "%s")
    public static seqlock_t DEFINE_SEQLOCK(@Name String name) {
        seqlock_t made = EmbeddedStruct.embed(new seqlock_t(), null, name);
        made.count.setClass(made.count, name + ".seqcount");
        made.lock.setClass(made.lock, name + ".lock");
        return made;
    }

    /**
     * Makes a seqlock ready for use.
     *
     * <p>Context: any. Nobody may hold it.
     */
    @KernelFunction(header = "linux/seqlock.h")
    public static void seqlock_init(seqlock_t sl) {
        seqlock_t target = require(sl, "seqlock_init()");
        target.count.initialiseAs("seqcount");
        target.lock.initialise();
    }

    /**
     * Makes a sequence count ready for use.
     *
     * <p>Context: any. Nobody may write.
     */
    @KernelFunction(header = "linux/seqlock.h")
    public static void seqcount_init(seqcount_t s) {
        require(s, "seqcount_init()").initialise();
    }

    /**
     * Begins to read, spinning while somebody writes.
     *
     * <p>Context: any, as long as it cannot interrupt a writer.
     *
     * @return what {@link #read_seqretry} has to be given
     */
    @KernelFunction(header = "linux/seqlock.h")
    public static int read_seqbegin(seqlock_t sl) {
        return require(sl, "read_seqbegin()").count.beginRead(READ_SEQBEGIN);
    }

    /**
     * Whether somebody has written since {@link #read_seqbegin}, so that what was read may be torn.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/seqlock.h")
    public static int read_seqretry(seqlock_t sl, int start) {
        return require(sl, "read_seqretry()").count.sequence() != start ? 1 : 0;
    }

    /**
     * Begins to read, spinning while somebody writes.
     *
     * <p>Context: any, as long as it cannot interrupt a writer.
     *
     * @return what {@link #read_seqcount_retry} has to be given
     */
    @KernelFunction(header = "linux/seqlock.h")
    public static int read_seqcount_begin(seqcount_t s) {
        return require(s, "read_seqcount_begin()").beginRead(READ_SEQCOUNT_BEGIN);
    }

    /**
     * Whether somebody has written since {@link #read_seqcount_begin}, so that what was read may be torn.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/seqlock.h")
    public static int read_seqcount_retry(seqcount_t s, int start) {
        return require(s, "read_seqcount_retry()").sequence() != start ? 1 : 0;
    }

    /**
     * Begins to write. Other writers have to be kept out, and nobody may preempt the caller.
     *
     * <p>Context: preemption off, and interrupts too if one of them reads.
     */
    @KernelFunction(header = "linux/seqlock.h", pairsWith = "write_seqcount_end")
    public static void write_seqcount_begin(seqcount_t s) {
        seqcount_t count = require(s, "write_seqcount_begin()");
        count.requirePreemptionOff("write_seqcount_begin()");
        count.beginWrite(WRITE_SEQCOUNT_BEGIN);
    }

    /**
     * Ends writing.
     *
     * <p>Context: as for {@link #write_seqcount_begin}.
     */
    @KernelFunction(header = "linux/seqlock.h", pairsWith = "write_seqcount_begin")
    public static void write_seqcount_end(seqcount_t s) {
        require(s, "write_seqcount_end()").endWrite("write_seqcount_end()");
    }

    private static void beginWrite(seqlock_t given, LockRequest request) {
        seqlock_t sl = require(given, request.call());
        sl.lock.lock(request);
        sl.count.beginWrite(request);
    }

    private static void endWrite(seqlock_t given, String call) {
        seqlock_t sl = require(given, call);
        sl.count.endWrite(call);
        sl.lock.unlock(call);
    }

    /**
     * Begins to write; other writers spin, and readers read again.
     *
     * <p>Context: any. Takes {@code sl}; preemption is off until {@link #write_sequnlock}.
     */
    @KernelFunction(header = "linux/seqlock.h", pairsWith = "write_sequnlock")
    public static void write_seqlock(seqlock_t sl) {
        beginWrite(sl, WRITE_SEQLOCK);
    }

    /**
     * Ends writing.
     *
     * <p>Context: expects {@code sl} taken.
     */
    @KernelFunction(header = "linux/seqlock.h")
    public static void write_sequnlock(seqlock_t sl) {
        endWrite(sl, "write_sequnlock()");
    }

    /**
     * Begins to write with interrupts off; other writers spin, and readers read again.
     *
     * <p>Context: any. Takes {@code sl}; preemption is off until {@link #write_sequnlock_irq}.
     */
    @KernelFunction(
            header = "linux/seqlock.h",
            pairsWith = "write_sequnlock_irq",
            contexts = {PROCESS, ATOMIC, SOFTIRQ})
    public static void write_seqlock_irq(seqlock_t sl) {
        Irqflags.save();
        beginWrite(sl, WRITE_SEQLOCK_IRQ);
    }

    /**
     * Ends writing and turns interrupts on.
     *
     * <p>Context: expects {@code sl} taken.
     */
    @KernelFunction(header = "linux/seqlock.h", pairsWith = "write_seqlock_irq")
    public static void write_sequnlock_irq(seqlock_t sl) {
        endWrite(sl, "write_sequnlock_irq()");
        Irqflags.enable("write_sequnlock_irq()");
    }

    /**
     * Begins to write with interrupts off; other writers spin, and readers read again.
     *
     * <p>Context: any. Takes {@code sl}; preemption is off until {@link #write_sequnlock_irqrestore}.
     *
     * @return what {@link #write_sequnlock_irqrestore} has to be given, in the same function
     */
    @KernelFunction(header = "linux/seqlock.h", pairsWith = "write_sequnlock_irqrestore")
    public static long write_seqlock_irqsave(seqlock_t sl) {
        long flags = Irqflags.save();
        beginWrite(sl, WRITE_SEQLOCK_IRQSAVE);
        return flags;
    }

    /**
     * Ends writing, and interrupts the state that {@code flags} has.
     *
     * <p>Context: expects {@code sl} taken.
     */
    @KernelFunction(header = "linux/seqlock.h", pairsWith = "write_seqlock_irqsave")
    public static void write_sequnlock_irqrestore(seqlock_t sl, long flags) {
        endWrite(sl, "write_sequnlock_irqrestore()");
        Irqflags.restore(flags, "write_sequnlock_irqrestore()");
    }

    /**
     * Begins to write with softirqs off; other writers spin, and readers read again.
     *
     * <p>Context: any. Takes {@code sl}; preemption is off until {@link #write_sequnlock_bh}.
     */
    @KernelFunction(
            header = "linux/seqlock.h",
            pairsWith = "write_sequnlock_bh",
            contexts = {PROCESS, ATOMIC, SOFTIRQ})
    public static void write_seqlock_bh(seqlock_t sl) {
        BottomHalf.disable();
        beginWrite(sl, WRITE_SEQLOCK_BH);
    }

    /**
     * Ends writing and lets softirqs in again.
     *
     * <p>Context: expects {@code sl} taken.
     */
    @KernelFunction(header = "linux/seqlock.h", pairsWith = "write_seqlock_bh")
    public static void write_sequnlock_bh(seqlock_t sl) {
        endWrite(sl, "write_sequnlock_bh()");
        BottomHalf.enable("write_sequnlock_bh()");
    }
}
