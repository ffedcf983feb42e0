package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.lock.LockClass;
import dev.tophalf.runtime.lock.LockMode;
import dev.tophalf.runtime.lock.LockRequest;
import dev.tophalf.runtime.lock.WaitType;
import dev.tophalf.runtime.sched.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lock for several readers or one writer, who sleep for it in the order of asking; whoever gives it back hands it on,
 * to a writer or to all readers that wait ({@code kernel/locking/rwsem.c}).
 */
public abstract class ReadWriteSemaphore extends KernelLock {
    private @Nullable ExecutionContext writer;
    private final List<ExecutionContext> readers = new ArrayList<>(1);
    private final Deque<Waiter> waiting = new ArrayDeque<>(1);

    private static final class Waiter {
        final Task task;
        final boolean writes;

        Waiter(Task task, boolean writes) {
            this.task = task;
            this.writes = writes;
        }
    }

    protected ReadWriteSemaphore() {
        super(WaitType.SLEEP, "init_rwsem", "DEBUG_RWSEMS_WARN_ON(sem->magic != sem)");
    }

    @Override
    protected void reset() {
        writer = null;
        readers.clear();
        waiting.clear();
    }

    @Override
    public void breakOpen() {
        writer = null;
        readers.clear();
        handOn();
    }

    /** Whether somebody has it. */
    public final boolean isLocked() {
        return writer != null || !readers.isEmpty();
    }

    /** Whether somebody waits for it. */
    public final boolean isContended() {
        return !waiting.isEmpty();
    }

    /**
     * Takes it, asleep until that is possible.
     *
     * @param how how the task sleeps: bits of {@link dev.tophalf.runtime.sched.Sleep}
     * @return false if a signal ended the wait
     */
    public final boolean lock(LockRequest request, int how) {
        Simulation now = Simulation.current();
        LockClass lockClass = check(request);
        boolean writes = request.mode() == LockMode.EXCLUSIVE;
        ExecutionContext holder = holderHere();
        if (holder != null && (writes || writer == holder)) {
            throw deadlock(request, lockClass, holder);
        }
        WorkQueues.of(now).flush().lockTaken(this);
        if (isFree(writes)) {
            give(now.cpu().context(), writes);
        } else if (!sleep(now, writes, how)) {
            return false;
        }
        taken(request, lockClass);
        return true;
    }

    private boolean isFree(boolean writes) {
        return waiting.isEmpty() && writer == null && (!writes || readers.isEmpty());
    }

    private void give(ExecutionContext context, boolean writes) {
        if (writes) {
            writer = context;
        } else {
            readers.add(context);
        }
    }

    private boolean has(ExecutionContext context) {
        return writer == context || readers.contains(context);
    }

    private boolean sleep(Simulation now, boolean writes, int how) {
        Task task = now.scheduler().current();
        if (task == null) {
            throw now.stop("Kernel panic - not syncing: scheduling in interrupt, waiting for " + lockName());
        }
        Waiter me = new Waiter(task, writes);
        waiting.add(me);
        Awaited turn = new Awaited("rwsem " + lockName(), () -> !waiting.contains(me), () -> ahead(me));
        boolean isMine = false;
        try {
            while (waiting.contains(me)) {
                if (!now.scheduler().sleep(turn, how)) {
                    isMine = !waiting.contains(me);
                    return isMine;
                }
            }
            isMine = true;
            return true;
        } finally {
            if (!isMine) {
                abandon(me);
            }
        }
    }

    /** Who has to get on before {@code me}, as far as it is one. */
    private @Nullable ExecutionContext ahead(Waiter me) {
        if (writer != null) {
            return writer;
        }
        Waiter first = waiting.peek();
        if (first != null && first != me) {
            return first.task.context();
        }
        return readers.size() == 1 ? readers.get(0) : null;
    }

    /** A waiter is gone, though it may have been given the lock. */
    private void abandon(Waiter me) {
        if (!waiting.remove(me)) {
            ExecutionContext context = me.task.context();
            if (writer == context) {
                writer = null;
            }
            readers.remove(context);
        }
        handOn();
    }

    /** Gives it to the first writer that waits, or to all readers if the first one reads. */
    private void handOn() {
        Waiter first = waiting.peek();
        if (first == null || writer != null) {
            return;
        }
        if (first.writes) {
            if (readers.isEmpty()) {
                waiting.remove();
                hand(first);
            }
            return;
        }
        List<Waiter> next = waiting.stream().filter(waiter -> !waiter.writes).toList();
        waiting.removeAll(next);
        next.forEach(this::hand);
    }

    private void hand(Waiter waiter) {
        give(waiter.task.context(), waiter.writes);
        Simulation.current().scheduler().wake(waiter.task);
    }

    /** Takes it if that is possible at once; whether it was. */
    public final boolean tryLock(LockRequest request) {
        LockClass lockClass = check(request);
        boolean writes = request.mode() == LockMode.EXCLUSIVE;
        if (!isFree(writes)) {
            return false;
        }
        give(Simulation.current().cpu().context(), writes);
        taken(request, lockClass);
        return true;
    }

    /** Gives it back, for {@code call}. */
    public final void unlock(String call, boolean writes) {
        ExecutionContext me = Simulation.current().cpu().context();
        if (has(me) && writes != (writer == me)) {
            Misuses.report(
                    "unlock-not-held",
                    call + " of " + lockName() + ", which its caller holds for " + (writes ? "reading" : "writing"),
                    "DEBUG_RWSEMS_WARN_ON",
                    "give a lock back in the way it was taken");
            return;
        }
        if (released(call)) {
            if (writes) {
                writer = null;
            } else {
                readers.remove(me);
            }
            handOn();
        }
    }

    /** Goes on as a reader, for {@code call}; other readers that wait may have it, too. */
    public final void downgrade(LockRequest asReader) {
        ExecutionContext me = Simulation.current().cpu().context();
        boolean writes = writer == me;
        if (!released(asReader.call())) {
            return;
        }
        taken(asReader, writes ? check(asReader.trying()) : null);
        if (writes) {
            writer = null;
            readers.add(me);
            if (!waiting.isEmpty() && !waiting.peek().writes) {
                handOn();
            }
        }
    }
}
