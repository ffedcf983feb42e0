package dev.tophalf.linux.kernel;

import com.google.common.collect.ImmutableList;
import dev.tophalf.linux.Errno;
import dev.tophalf.linux.Sched;
import dev.tophalf.runtime.contract.Condition;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.sched.Task;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Who waits in a queue ({@code kernel/sched/wait.c}): first those who are woken all at once, the last to come first, then
 * those who are woken one by one, the first to come first.
 */
public final class Waiters {
    private final EmbeddedStruct owner;
    private final Set<Waiter> shared = new LinkedHashSet<>();
    private final Set<Waiter> exclusive = new LinkedHashSet<>();
    private boolean initialised;

    /** Those who wait in {@code owner}. */
    public Waiters(EmbeddedStruct owner) {
        this.owner = owner;
    }

    /** Makes it an empty queue that can be used. */
    public void init() {
        initialised = true;
        shared.clear();
        exclusive.clear();
    }

    public boolean isInitialised() {
        return initialised;
    }

    public boolean isEmpty() {
        return shared.isEmpty() && exclusive.isEmpty();
    }

    /** Adds an entry, unless it is on a queue. */
    public void add(Waiter waiter, boolean isExclusive) {
        if (waiter.queue == null) {
            waiter.queue = this;
            (isExclusive ? exclusive : shared).add(waiter);
        }
    }

    void remove(Waiter waiter) {
        shared.remove(waiter);
        exclusive.remove(waiter);
    }

    /**
     * Wakes who sleeps in one of the ways of {@code states}.
     *
     * @param most how many of those who are woken one by one; 0 for all of them
     */
    public void wake(int states, int most) {
        ImmutableList.copyOf(shared).reverse().forEach(waiter -> waiter.wake(states));
        int woken = 0;
        for (Waiter waiter : ImmutableList.copyOf(exclusive)) {
            if (waiter.wake(states) && ++woken == most) {
                return;
            }
        }
    }

    /** Queues the running task and says how it is about to sleep; false if a signal keeps it from sleeping like that. */
    public boolean prepare(Waiter waiter, int state, boolean isExclusive) {
        Task task = Tasks.current();
        if (task != null && Tasks.isSignalled(task, state)) {
            waiter.leave();
            return false;
        }
        add(waiter, isExclusive);
        Tasks.setState(state);
        return true;
    }

    /** Ends what {@link #prepare} began. */
    public static void finish(Waiter waiter) {
        Tasks.setState(Sched.TASK_RUNNING);
        waiter.leave();
    }

    /**
     * Puts the running task to sleep until a condition holds, for {@code timeout} ticks at most.
     *
     * @return the ticks that are left, but at least 1; 0 if the condition does not hold when the time is over;
     *     {@code -ERESTARTSYS} if a signal ended the wait
     */
    public long await(Condition condition, int state, boolean isExclusive, long timeout) {
        return await(condition, state, isExclusive, timeout, () -> {}, () -> {});
    }

    /** The same with something to do before and after each sleep. */
    public long await(
            Condition condition, int state, boolean isExclusive, long timeout, Runnable before, Runnable after) {
        if (condition.holds()) {
            return Math.max(1, timeout);
        }
        Waiter waiter = new Waiter(Tasks.current(), true);
        Awaited awaited = Awaited.of("wait queue " + EmbeddedStruct.nameOf(owner), () -> false);
        long left = timeout;
        try {
            while (true) {
                boolean signalled = !prepare(waiter, state, isExclusive);
                if (condition.holds()) {
                    return Math.max(1, left);
                }
                if (left == 0 || signalled) {
                    return left == 0 ? 0 : -Errno.ERESTARTSYS;
                }
                before.run();
                left = Tasks.schedule(left, awaited);
                after.run();
            }
        } finally {
            finish(waiter);
        }
    }
}
