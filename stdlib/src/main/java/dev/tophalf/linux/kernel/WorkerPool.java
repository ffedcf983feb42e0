package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The kworkers that share a list of items ({@code struct worker_pool}).
 *
 * <p>A pool of one CPU keeps one worker running: the next item starts when that one has ended, or sleeps. An unbound
 * pool starts each item at once. Workers are made when they are needed and stay.
 */
final class WorkerPool {
    final Simulation simulation;
    final int cpuMask;
    private final boolean managed;
    private final String nameFormat;
    private final Set<WorkItem> worklist = new LinkedHashSet<>();
    private final Deque<Worker> idle = new ArrayDeque<>();
    private int running;
    private int workersMade;

    /**
     * @param managed whether it keeps one worker running, as a pool of one CPU does
     * @param nameFormat the name of a worker, with {@code %d} for its number
     */
    WorkerPool(Simulation simulation, int cpuMask, boolean managed, String nameFormat) {
        this.simulation = simulation;
        this.cpuMask = cpuMask;
        this.managed = managed;
        this.nameFormat = nameFormat;
    }

    boolean isManaged() {
        return managed;
    }

    String nextWorkerName() {
        return String.format(Locale.ROOT, nameFormat, workersMade++);
    }

    /** Adds an item to be run, without calling anybody to do it. */
    void add(WorkItem item) {
        item.moveTo(worklist);
    }

    /** Whether an idle worker is needed. */
    boolean needsWorker() {
        return !worklist.isEmpty() && running == 0;
    }

    /** Calls a worker if one is needed. */
    void kick() {
        if (!needsWorker()) {
            return;
        }
        if (idle.isEmpty()) {
            idle.push(new Worker(this));
        } else {
            simulation.scheduler().wake(idle.element().task());
        }
    }

    void workerIdles(Worker worker) {
        if (!idle.contains(worker)) {
            idle.push(worker);
        }
    }

    void workerLeavesIdle(Worker worker) {
        idle.remove(worker);
    }

    /** A worker that counts as running began to, or ceased to. */
    void countRunning(int change) {
        running += change;
    }

    /** The next item for a worker that is up, or null if it has to rest. Work that runs here is left to its worker. */
    @Nullable
    WorkItem next() {
        while (!worklist.isEmpty() && running <= 1) {
            WorkItem item = worklist.iterator().next();
            WorkItem before = item.work.running;
            Worker busy = before != null && before.place.pool == this ? before.worker() : null;
            if (busy == null) {
                return item;
            }
            busy.schedule(item);
        }
        return null;
    }

    /** A worker is gone, maybe with the whole machine. */
    void workerLost(Worker worker) {
        idle.remove(worker);
        if (!simulation.scheduler().isClosing()) {
            kick();
        }
    }
}
