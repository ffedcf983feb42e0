package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Workqueue;
import dev.tophalf.linux.Workqueue.work_func_t;
import dev.tophalf.linux.Workqueue.work_struct;
import dev.tophalf.runtime.contract.DriverEntry;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.sched.Sleep;
import dev.tophalf.runtime.sched.SleepObserver;
import dev.tophalf.runtime.sched.Task;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A kworker: it runs items of its pool, one after the other. */
final class Worker implements SleepObserver {
    /** What going on to the next item costs, so that work that queues itself for ever does not stop the clock. */
    private static final long NEXT_NS = 10_000;

    private final WorkerPool pool;
    private final Task task;
    private final Set<WorkItem> scheduled = new LinkedHashSet<>();
    private @Nullable WorkItem current;
    private boolean up;
    private boolean counted;

    Worker(WorkerPool pool) {
        this.pool = pool;
        this.task = pool.simulation.scheduler().spawn(pool.nextWorkerName(), pool.cpuMask, this::loop);
        task.observeSleep(this);
    }

    Task task() {
        return task;
    }

    /** What it runs, or null. */
    @Nullable
    WorkItem current() {
        return current;
    }

    /** Leaves it an item of the work that it runs now, to be run after that. */
    void schedule(WorkItem item) {
        item.moveTo(scheduled);
    }

    @Override
    public void sleeps() {
        if (counted) {
            setCounted(false);
            pool.kick();
        }
    }

    @Override
    public void wakes() {
        count();
    }

    private void count() {
        boolean intensive = current != null && current.place.queue.has(Workqueue.WQ_CPU_INTENSIVE);
        setCounted(up && pool.isManaged() && !intensive);
    }

    private void setCounted(boolean now) {
        if (now != counted) {
            counted = now;
            pool.countRunning(now ? 1 : -1);
        }
    }

    private void loop() {
        try {
            while (true) {
                rest();
                work();
            }
        } finally {
            setCounted(false);
            List.copyOf(scheduled).forEach(pool::add);
            pool.workerLost(this);
        }
    }

    private void rest() {
        up = false;
        count();
        pool.workerIdles(this);
        while (!pool.needsWorker()) {
            task.setSleep(Sleep.IDLE);
            pool.simulation.scheduler().block(Awaited.of("work", pool::needsWorker));
        }
        pool.workerLeavesIdle(this);
        up = true;
        count();
    }

    private void work() {
        for (WorkItem item = pool.next(); item != null; item = next()) {
            run(item);
        }
    }

    private @Nullable WorkItem next() {
        if (scheduled.isEmpty() && pool.next() == null) {
            return null;
        }
        pool.simulation.spend(NEXT_NS);
        pool.simulation.scheduler().giveWay();
        return scheduled.isEmpty() ? pool.next() : scheduled.iterator().next();
    }

    private void run(WorkItem item) {
        work_struct work = item.work.work;
        work_func_t function = work.func;
        current = item;
        item.begin(this);
        count();
        pool.kick();
        try {
            if (function != null) {
                DriverEntry.run("work function", function, () -> function.work(work));
            }
        } finally {
            current = null;
            item.end();
        }
        count();
    }
}
