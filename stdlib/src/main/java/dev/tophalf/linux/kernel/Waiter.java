package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.sched.Task;
import org.jspecify.annotations.Nullable;

/** A task's entry in a wait queue: {@code struct wait_queue_entry}. */
public class Waiter {
    final @Nullable Task task;
    private final boolean leaves;

    @Nullable
    Waiters queue;

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
        boolean woken = task != null && Simulation.current().scheduler().wake(task, states);
        if (woken && leaves) {
            leave();
        }
        return woken;
    }

    /** Takes it off its queue, if it is on one. */
    public final void leave() {
        if (queue != null) {
            queue.remove(this);
            queue = null;
        }
    }
}
