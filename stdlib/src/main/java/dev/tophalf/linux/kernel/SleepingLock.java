package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.lock.LockClass;
import dev.tophalf.runtime.lock.LockRequest;
import dev.tophalf.runtime.lock.WaitType;
import dev.tophalf.runtime.sched.Task;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A lock that one task has and others sleep for, in the order of asking ({@code kernel/locking/mutex.c}). Whoever comes
 * by when it is free may take it, unless its first waiter was woken in vain before: then it is kept for him.
 */
public abstract class SleepingLock extends KernelLock {
    private final String kind;
    private @Nullable ExecutionContext owner;
    private @Nullable Waiter keptFor;
    private final Deque<Waiter> waiting = new ArrayDeque<>(1);

    private static final class Waiter {
        final Task task;
        boolean wokenInVain;

        Waiter(Task task) {
            this.task = task;
        }
    }

    /**
     * @param initialiser the function that makes it ready for use
     * @param kind what its type is called
     */
    protected SleepingLock(String initialiser, String kind) {
        super(WaitType.SLEEP, initialiser, "DEBUG_LOCKS_WARN_ON(lock->magic != lock)");
        this.kind = kind;
    }

    @Override
    protected void reset() {
        owner = null;
        keptFor = null;
        waiting.clear();
    }

    @Override
    public void breakOpen() {
        open();
    }

    /** Whether somebody has it. */
    public final boolean isLocked() {
        return owner != null || keptFor != null;
    }

    /**
     * Takes it, asleep until it is free.
     *
     * @param how how the task sleeps: bits of {@link dev.tophalf.runtime.sched.Sleep}
     * @return false if a signal ended the wait
     */
    public final boolean lock(LockRequest request, int how) {
        Simulation now = Simulation.current();
        LockClass lockClass = check(request);
        ExecutionContext holder = holderHere();
        if (holder != null) {
            throw deadlock(request, lockClass, holder);
        }
        WorkQueues.of(now).flush().lockTaken(this);
        if (isLocked() && !sleep(now, how)) {
            return false;
        }
        owner = now.cpu().context();
        taken(request, lockClass);
        return true;
    }

    private boolean sleep(Simulation now, int how) {
        Task task = now.scheduler().current();
        if (task == null) {
            throw now.stop("Kernel panic - not syncing: scheduling in interrupt, waiting for " + lockName());
        }
        Waiter me = new Waiter(task);
        waiting.add(me);
        Awaited free = new Awaited(kind + " " + lockName(), () -> isFreeFor(me) && waiting.peek() == me, () -> owner);
        try {
            while (!isFreeFor(me)) {
                if (!now.scheduler().sleep(free, how)) {
                    return false;
                }
                me.wokenInVain = waiting.peek() == me;
            }
            return true;
        } finally {
            leave(me, now);
        }
    }

    private boolean isFreeFor(Waiter me) {
        return owner == null && (keptFor == null || keptFor == me);
    }

    /** A waiter goes, with the lock or without it, which then is the next one's. */
    private void leave(Waiter me, Simulation now) {
        waiting.remove(me);
        if (keptFor == me) {
            keptFor = null;
        }
        if (me.task.isKilled() && !isLocked()) {
            wakeFirst(now);
        }
    }

    /** Takes it if it is free; whether it was. */
    public final boolean tryLock(LockRequest request) {
        LockClass lockClass = check(request);
        if (isLocked()) {
            return false;
        }
        owner = Simulation.current().cpu().context();
        taken(request, lockClass);
        return true;
    }

    /** Gives it back, for {@code call}. */
    public final void unlock(String call) {
        if (released(call)) {
            open();
        }
    }

    private void open() {
        owner = null;
        wakeFirst(Simulation.current());
    }

    private void wakeFirst(Simulation now) {
        Waiter first = waiting.peek();
        if (first != null) {
            if (first.wokenInVain) {
                keptFor = first;
            }
            now.scheduler().wake(first.task);
        }
    }
}
