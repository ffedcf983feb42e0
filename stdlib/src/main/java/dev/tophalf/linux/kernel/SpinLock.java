package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.lock.LockClass;
import dev.tophalf.runtime.lock.LockRequest;
import dev.tophalf.runtime.lock.WaitType;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A lock whose waiters keep their CPUs busy, first come first served ({@code kernel/locking/qspinlock.c}). */
public abstract class SpinLock extends KernelLock {
    private @Nullable ExecutionContext owner;
    private @Nullable Deque<ExecutionContext> waiting;

    protected SpinLock(WaitType waitType, String initialiser) {
        super(waitType, initialiser, "BUG: spinlock bad magic");
    }

    @Override
    protected void reset() {
        owner = null;
        waiting = null;
    }

    /** Whether somebody has it. */
    public final boolean isLocked() {
        return owner != null;
    }

    /** Whether somebody waits for it. */
    public final boolean isContended() {
        return waiting != null && !waiting.isEmpty();
    }

    /** Takes it, with preemption off. */
    public final void lock(LockRequest request) {
        Simulation now = Simulation.current();
        Nesting.disablePreemption(now.cpu());
        LockClass lockClass = check(request);
        if (owner != null || isContended()) {
            spin(request, lockClass, now);
        }
        have(request, lockClass, now);
    }

    /** Takes it if it is free; whether it was. */
    public final boolean tryLock(LockRequest request) {
        Simulation now = Simulation.current();
        LockClass lockClass = check(request);
        if (owner != null || isContended()) {
            return false;
        }
        Nesting.disablePreemption(now.cpu());
        have(request, lockClass, now);
        return true;
    }

    private void have(LockRequest request, @Nullable LockClass lockClass, Simulation now) {
        owner = now.cpu().context();
        taken(request, lockClass);
        if (now.cpu().depth() > 1) {
            Callbacks.of(now).lockTaken(this);
        }
    }

    private void spin(LockRequest request, @Nullable LockClass lockClass, Simulation now) {
        ExecutionContext holder = holderHere();
        if (holder != null) {
            throw deadlock(request, lockClass, holder);
        }
        if (waiting == null) {
            waiting = new ArrayDeque<>(2);
        }
        Deque<ExecutionContext> queue = waiting;
        ExecutionContext me = now.cpu().context();
        queue.add(me);
        try {
            LockWaits.spin(
                    this, new Awaited(lockName(), () -> owner == null && queue.peek() == me, () -> ahead(queue, me)));
        } finally {
            queue.remove(me);
        }
    }

    /** Who has to get on before {@code me}. */
    private @Nullable ExecutionContext ahead(Deque<ExecutionContext> queue, ExecutionContext me) {
        ExecutionContext first = queue.peek();
        return owner != null || first == me ? owner : first;
    }

    /** Gives it back, for {@code call}; preemption is as it was. False, and a finding, if the caller does not have it. */
    public final boolean unlock(String call) {
        if (!released(call)) {
            return false;
        }
        owner = null;
        Simulation.current().cpu().addPreemptCount(-Cpu.PREEMPT_OFFSET);
        return true;
    }
}
