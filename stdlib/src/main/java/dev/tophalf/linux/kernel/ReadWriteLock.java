package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.lock.LockClass;
import dev.tophalf.runtime.lock.LockMode;
import dev.tophalf.runtime.lock.LockRequest;
import dev.tophalf.runtime.lock.WaitType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A spinning lock for several readers or one writer ({@code kernel/locking/qrwlock.c}): first come first served, but a
 * reader in an interrupt waits for nobody but a writer who has it.
 */
public abstract class ReadWriteLock extends KernelLock {
    private @Nullable ExecutionContext writer;
    private final List<ExecutionContext> readers = new ArrayList<>(1);
    private final Deque<ExecutionContext> waiting = new ArrayDeque<>(1);

    protected ReadWriteLock(WaitType waitType, String initialiser) {
        super(waitType, initialiser, "BUG: rwlock bad magic");
    }

    @Override
    protected void reset() {
        writer = null;
        readers.clear();
        waiting.clear();
    }

    /** The mode in which {@code read_lock()} takes it here. */
    private static LockMode readMode(Simulation now) {
        boolean recursive = now.cpu().inInterrupt() || now.locks().checks().readLockRecursive();
        return recursive ? LockMode.RECURSIVE : LockMode.SHARED;
    }

    /** Takes it to read, with preemption off. */
    public final void lockRead(LockRequest wanted) {
        Simulation now = Simulation.current();
        Nesting.disablePreemption(now.cpu());
        LockRequest request = wanted.in(readMode(now));
        LockClass lockClass = check(request);
        ExecutionContext me = now.cpu().context();
        if (writer != null || !waiting.isEmpty()) {
            boolean jumps = now.cpu().inInterrupt();
            if (writer != null || !jumps) {
                wait(request, lockClass, jumps, () -> writer == null);
            }
        }
        readers.add(me);
        taken(request, lockClass);
    }

    /** Takes it to write, with preemption off. */
    public final void lockWrite(LockRequest request) {
        Simulation now = Simulation.current();
        Nesting.disablePreemption(now.cpu());
        LockClass lockClass = check(request);
        if (writer != null || !readers.isEmpty() || !waiting.isEmpty()) {
            wait(request, lockClass, false, () -> writer == null && readers.isEmpty());
        }
        writer = now.cpu().context();
        taken(request, lockClass);
    }

    /** Takes it to read if nobody writes or waits; whether that was so. */
    public final boolean tryLockRead(LockRequest wanted) {
        Simulation now = Simulation.current();
        LockRequest request = wanted.in(readMode(now)).trying();
        LockClass lockClass = check(request);
        if (writer != null || !waiting.isEmpty()) {
            return false;
        }
        Nesting.disablePreemption(now.cpu());
        readers.add(now.cpu().context());
        taken(request, lockClass);
        return true;
    }

    /** Takes it to write if it is free; whether it was. */
    public final boolean tryLockWrite(LockRequest wanted) {
        Simulation now = Simulation.current();
        LockRequest request = wanted.trying();
        LockClass lockClass = check(request);
        if (writer != null || !readers.isEmpty() || !waiting.isEmpty()) {
            return false;
        }
        Nesting.disablePreemption(now.cpu());
        writer = now.cpu().context();
        taken(request, lockClass);
        return true;
    }

    private void wait(LockRequest request, @Nullable LockClass lockClass, boolean jumps, BooleanSupplier free) {
        ExecutionContext holder = holderHere();
        boolean forEver = holder != null && (request.mode() == LockMode.EXCLUSIVE || writer == holder);
        if (forEver) {
            throw deadlock(request, lockClass, Objects.requireNonNull(holder));
        }
        ExecutionContext me = Simulation.current().cpu().context();
        if (!jumps) {
            waiting.add(me);
        }
        try {
            LockWaits.spin(
                    this,
                    new Awaited(
                            lockName(),
                            () -> free.getAsBoolean() && (jumps || waiting.peek() == me),
                            () -> ahead(me, jumps)));
        } finally {
            waiting.remove(me);
        }
    }

    /** Who has to get on before {@code me}, as far as it is one. */
    private @Nullable ExecutionContext ahead(ExecutionContext me, boolean jumps) {
        if (writer != null) {
            return writer;
        }
        ExecutionContext first = waiting.peek();
        if (!jumps && first != me) {
            return first;
        }
        return readers.size() == 1 ? readers.get(0) : null;
    }

    /** Gives it back after reading; false, and a finding, if the caller does not have it. */
    public final boolean unlockRead(String call) {
        ExecutionContext me = Simulation.current().cpu().context();
        if (writer == me) {
            reportOtherMode(call, "writing");
            return false;
        }
        if (!released(call)) {
            return false;
        }
        readers.remove(me);
        Simulation.current().cpu().addPreemptCount(-Cpu.PREEMPT_OFFSET);
        return true;
    }

    /** Gives it back after writing; false, and a finding, if the caller does not have it. */
    public final boolean unlockWrite(String call) {
        ExecutionContext me = Simulation.current().cpu().context();
        if (writer != me && readers.contains(me)) {
            reportOtherMode(call, "reading");
            return false;
        }
        if (!released(call)) {
            return false;
        }
        writer = null;
        Simulation.current().cpu().addPreemptCount(-Cpu.PREEMPT_OFFSET);
        return true;
    }

    private void reportOtherMode(String call, String mode) {
        Misuses.report(
                "unlock-not-held",
                call + " of " + lockName() + ", which its caller holds for " + mode,
                "BUG: rwlock wrong owner",
                "give a lock back in the way it was taken");
    }
}
