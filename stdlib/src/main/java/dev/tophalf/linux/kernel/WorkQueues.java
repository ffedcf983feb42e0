package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Workqueue.work_func_t;
import dev.tophalf.linux.Workqueue.work_struct;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.contract.DriverEntry;
import dev.tophalf.runtime.sched.Task;
import dev.tophalf.runtime.sched.WaitQueue;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The system's work queue and its kworker. */
public final class WorkQueues {
    private final Simulation simulation;
    private final WaitQueue waiting;
    private final Deque<work_struct> queued = new ArrayDeque<>();
    private @Nullable work_struct running;
    private @Nullable Task worker;

    private WorkQueues(Simulation simulation) {
        this.simulation = simulation;
        this.waiting = new WaitQueue(simulation.scheduler());
    }

    /** The work queue of {@code simulation}. */
    public static WorkQueues of(Simulation simulation) {
        return simulation.part(WorkQueues.class, WorkQueues::new);
    }

    /** Queues {@code work}; false if it was queued already. */
    public boolean queue(work_struct work) {
        if (work.func == null) {
            throw DriverBug.nullPointer("schedule_work() of work that INIT_WORK() has not seen");
        }
        if (queued.contains(work)) {
            return false;
        }
        queued.add(work);
        if (worker == null) {
            worker = simulation.scheduler().spawn("kworker/0:1", this::loop);
        }
        waiting.wakeAll();
        return true;
    }

    /** Takes {@code work} off the queue and waits for its end; whether it was queued. */
    public boolean cancel(work_struct work) {
        boolean pending = queued.remove(work);
        waiting.await("the end of a work item", () -> !isRunning(work));
        return pending;
    }

    /** Waits until {@code work} is neither queued nor running; whether it had to. */
    public boolean flush(work_struct work) {
        boolean busy = queued.contains(work) || isRunning(work);
        waiting.await("a work item", () -> !queued.contains(work) && !isRunning(work));
        return busy;
    }

    private boolean isRunning(work_struct work) {
        return running == work;
    }

    private void loop() {
        try {
            while (true) {
                waiting.awaitIdle("work", () -> !queued.isEmpty());
                runNext();
            }
        } finally {
            running = null;
            worker = null;
            waiting.wakeAll();
        }
    }

    private void runNext() {
        work_struct work = queued.remove();
        work_func_t function = work.func;
        running = work;
        if (function != null) {
            DriverEntry.run("work function", function, () -> function.work(work));
        }
        running = null;
        waiting.wakeAll();
    }
}
