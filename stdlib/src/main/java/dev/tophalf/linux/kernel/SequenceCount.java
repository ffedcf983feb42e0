package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.lock.LockClass;
import dev.tophalf.runtime.lock.LockMode;
import dev.tophalf.runtime.lock.LockRequest;
import dev.tophalf.runtime.lock.WaitType;
import org.jspecify.annotations.Nullable;

/**
 * A count that is odd while somebody writes, so that readers see that they have to read again ({@code linux/seqlock.h}).
 * A reader in an interrupt that has interrupted the writer would read for ever: to the checker a writer has the count
 * alone, and a reader takes it for a moment.
 */
public abstract class SequenceCount extends KernelLock {
    private int sequence;
    private @Nullable ExecutionContext writer;

    protected SequenceCount(String initialiser) {
        super(WaitType.NONE, initialiser, "BUG: key has not been registered");
    }

    @Override
    protected void reset() {
        sequence = 0;
        writer = null;
    }

    @Override
    public void breakOpen() {
        if (isOdd()) {
            sequence++;
        }
        writer = null;
    }

    private boolean isOdd() {
        return (sequence & 1) != 0;
    }

    /** The count as it is. */
    public final int sequence() {
        return sequence;
    }

    /** Begins to write. */
    public final void beginWrite(LockRequest request) {
        LockClass lockClass = check(request);
        if (isOdd() && (lockClass == null || !lockClass.isReported())) {
            Misuses.report(
                    "seqlock-writer-unprotected",
                    request.call() + " of " + lockName() + " while " + (writer == null ? "somebody" : writer.name())
                            + " writes",
                    "BUG: KCSAN: data-race in write_seqcount_begin",
                    "let writers keep each other out with a lock, or use a seqlock_t, which has one");
        }
        sequence++;
        writer = Simulation.current().cpu().context();
        taken(request, lockClass);
    }

    /** Reports a writer who can lose the CPU, so that readers who come then read for ever. */
    public final void requirePreemptionOff(String call) {
        Cpu cpu = Simulation.current().cpu();
        if (cpu.preemptCount() == 0 && !cpu.irqsOff()) {
            Misuses.report(
                    "seqlock-writer-unprotected",
                    call + " of " + lockName() + " where the writer can be preempted",
                    "WARNING: CPU: 0 at lockdep_assert_preemption_disabled",
                    "hold a spinlock that all writers take, or use a seqlock_t, which has one");
        }
    }

    /** Ends writing, for {@code call}. */
    public final void endWrite(String call) {
        if (released(call)) {
            sequence++;
            writer = null;
        }
    }

    /** A reader whom a writer interrupts reads again, so that it does not matter whether interrupts are on. */
    private @Nullable LockClass checkReader(LockRequest request, Cpu cpu) {
        boolean wasOff = cpu.irqsOff();
        cpu.setIrqsOff(true);
        LockClass lockClass = check(request);
        cpu.setIrqsOff(wasOff);
        return lockClass;
    }

    /** Begins to read: waits while somebody writes. */
    public final int beginRead(LockRequest request) {
        Simulation now = Simulation.current();
        LockClass lockClass = checkReader(request.in(LockMode.RECURSIVE), now.cpu());
        ExecutionContext holder = holderHere();
        if (isOdd() && holder != null) {
            throw deadlock(request, lockClass, holder);
        }
        if (isOdd()) {
            now.scheduler().spin(new Awaited(lockName(), () -> !isOdd(), () -> writer));
        }
        return sequence;
    }
}
