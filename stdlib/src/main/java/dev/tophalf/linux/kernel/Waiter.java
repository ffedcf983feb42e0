package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Sched;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.sched.Scheduler;
import dev.tophalf.runtime.sched.Task;
import org.jspecify.annotations.Nullable;

/** A task's entry in a wait queue: {@code struct wait_queue_entry}. */
public final class Waiter {
    private final @Nullable Task task;
    private final boolean leaves;

    @Nullable
    Waiters queue;

    /** Whether it is awake only to look whether it has missed a wake-up. */
    private boolean looking;

    /** Whether it has, and was reported. */
    private boolean missed;

    /**
     * An entry that is on no queue.
     *
     * @param task who waits, or null for nobody
     * @param leaves whether waking the task takes the entry off the queue
     */
    public Waiter(@Nullable Task task, boolean leaves) {
        this.task = task;
        this.leaves = leaves;
    }

    /** Wakes the task if it sleeps in one of the ways of {@code states}; whether it did. */
    boolean wake(int states) {
        looking = false;
        boolean woken = task != null && Simulation.current().scheduler().wake(task, states);
        if (woken && leaves) {
            leave();
        }
        return woken;
    }

    /** Takes it off its queue, if it is on one. */
    public void leave() {
        if (queue != null) {
            queue.remove(this);
            queue = null;
        }
    }

    /** The task is about to sleep. */
    void sleep() {
        looking = false;
    }

    /** Wakes the task to look whether it has missed a wake-up, once. */
    void look(Scheduler scheduler) {
        looking = !missed && task != null && scheduler.wake(task, Sched.TASK_NORMAL);
    }

    boolean hasMissed() {
        return missed;
    }

    @Override
    public String toString() {
        return String.valueOf(task);
    }

    /** Whether what the task waits for, which is there, came without a wake-up. */
    boolean misses() {
        missed |= looking;
        return looking;
    }
}
