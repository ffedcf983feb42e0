package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.sched.Scheduler;
import dev.tophalf.runtime.sched.Sleep;
import dev.tophalf.runtime.sched.WaitQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One queueing of a work item, from the call that queues it to the end of its function, or until it is cancelled. */
final class WorkItem {
    final WorkState work;
    final PoolWorkqueue place;
    final long number;
    private @Nullable Set<WorkItem> list;
    private @Nullable Worker worker;
    private @Nullable WaitQueue waiting;
    private boolean ended;

    /** Whether it counts for {@code max_active}. */
    boolean active;

    /** @param number grows from one queueing to the next of the same workqueue */
    WorkItem(WorkState work, PoolWorkqueue place, long number) {
        this.work = work;
        this.place = place;
        this.number = number;
    }

    /** Puts it at the end of a list, taking it off the one that it was on. */
    void moveTo(Set<WorkItem> newList) {
        unlink();
        newList.add(this);
        list = newList;
    }

    private void unlink() {
        if (list != null) {
            list.remove(this);
            list = null;
        }
    }

    /** Who runs it, or null. */
    @Nullable
    Worker worker() {
        return worker;
    }

    /** Its function begins: from now on the work item can be queued again. */
    void begin(Worker newWorker) {
        unlink();
        worker = newWorker;
        work.queued = null;
        work.running = this;
    }

    /** Its function has ended. */
    void end() {
        if (work.running == this) {
            work.running = null;
        }
        leave();
    }

    /** It is not to be run any more. */
    void cancel() {
        unlink();
        work.queued = null;
        leave();
        place.pool.kick();
    }

    /** Ends its function wherever that is, for its code is gone. */
    void abort(Scheduler scheduler) {
        work.running = null;
        if (worker != null) {
            scheduler.kill(worker.task());
            scheduler.wake(worker.task(), -1);
        }
    }

    private void leave() {
        ended = true;
        place.left(this);
        if (waiting != null) {
            waiting.wakeAll();
        }
    }

    /** Blocks the current task until it has ended or is cancelled. */
    void awaitEnd(Scheduler scheduler) {
        if (waiting == null) {
            waiting = new WaitQueue(scheduler);
        }
        Awaited end = new Awaited("the end of " + work.name(), () -> ended, this::runner);
        waiting.await(end, Sleep.UNINTERRUPTIBLE);
    }

    private @Nullable ExecutionContext runner() {
        return worker == null ? null : worker.task().context();
    }
}
