package dev.tophalf.linux.kernel;

import java.util.LinkedHashSet;
import java.util.Set;

/** What a workqueue has in one pool: {@code max_active} of its items at most, and those that wait for their turn. */
final class PoolWorkqueue {
    final WorkQueue queue;
    final WorkerPool pool;
    private final Set<WorkItem> inactive = new LinkedHashSet<>();
    private int active;

    PoolWorkqueue(WorkQueue queue, WorkerPool pool) {
        this.queue = queue;
        this.pool = pool;
    }

    /** Gives an item to the pool, or keeps it until another one has left. */
    void add(WorkItem item) {
        item.moveTo(inactive);
        activate();
        pool.kick();
    }

    /** An item has ended or is cancelled. */
    void left(WorkItem item) {
        if (item.active) {
            active--;
        }
        activate();
        queue.left(item);
    }

    private void activate() {
        while (active < queue.maxActive() && !inactive.isEmpty()) {
            WorkItem next = inactive.iterator().next();
            next.active = true;
            active++;
            pool.add(next);
        }
    }
}
