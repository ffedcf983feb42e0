package dev.tophalf.linux.kernel;

import com.google.common.collect.ImmutableList;
import dev.tophalf.linux.Sched;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.sched.Task;
import dev.tophalf.runtime.trace.Site;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Who waits in a queue ({@code kernel/sched/wait.c}): first those who are woken all at once, the last to come first, then
 * those who are woken one by one, the first to come first.
 */
public final class Waiters {
    private final String kind;
    private final EmbeddedStruct owner;
    private final Set<Waiter> shared = new LinkedHashSet<>();
    private final Set<Waiter> exclusive = new LinkedHashSet<>();
    private boolean initialised;
    private Site wokenAt = Site.NONE;

    /** Those who wait in {@code owner}, which reports call a {@code kind}. */
    public Waiters(String kind, EmbeddedStruct owner) {
        this.kind = kind;
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

    /** Where somebody was last to wake them, {@link Site#NONE} if nobody was. */
    Site wokenAt() {
        return wokenAt;
    }

    boolean isIn(Object struct) {
        return EmbeddedStruct.isIn(owner, struct);
    }

    @Override
    public String toString() {
        return kind + " " + EmbeddedStruct.nameOf(owner);
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
        wokenAt = Simulation.current().site();
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
}
