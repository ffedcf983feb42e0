package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Workqueue;
import dev.tophalf.linux.Workqueue.work_struct;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.HeldLock;
import dev.tophalf.runtime.cpu.HoldableLock;
import dev.tophalf.runtime.sched.Task;
import dev.tophalf.runtime.trace.Site;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Waiting for work to end, and the deadlocks that come of it: one observation of each half is enough to report one. */
public final class WorkFlush {
    private static final String RULE = "flush-own-work";

    private final Simulation simulation;

    WorkFlush(Simulation simulation) {
        this.simulation = simulation;
    }

    /** What the kworker runs that is on the CPU now, or null if there is none or an interrupt is served. */
    @Nullable
    WorkItem currentItem() {
        Task task = simulation.scheduler().current();
        if (task == null || simulation.cpu().depth() > 1) {
            return null;
        }
        return task.sleepObserver() instanceof Worker worker ? worker.current() : null;
    }

    /** The work item that the caller runs for, or null. */
    public @Nullable work_struct currentWork() {
        WorkItem current = currentItem();
        return current == null ? null : current.work.work;
    }

    /** Whether the caller is an item of {@code queue}. */
    boolean isInItemOf(WorkQueue queue) {
        WorkItem current = currentItem();
        return current != null && current.place.queue == queue;
    }

    /** Waits until {@code work}, as it is queued or runs now, has ended; whether it had to. */
    public boolean flush(WorkState work, String call) {
        WorkItem item = work.queued == null ? work.running : work.queued;
        check(work, item, false, call);
        if (item == null) {
            return false;
        }
        item.awaitEnd(simulation.scheduler());
        return true;
    }

    /** Takes {@code work} off its queue and waits for its end. Meanwhile nobody can queue it. */
    public boolean cancel(WorkState work, String call) {
        boolean was = WorkQueues.of(simulation).cancel(work);
        WorkItem item = work.running;
        check(work, item, true, call);
        work.disable();
        try {
            if (item != null) {
                item.awaitEnd(simulation.scheduler());
            }
        } finally {
            work.enable();
        }
        return was;
    }

    /** Waits until everything that {@code queue} has now has ended. */
    public void flush(WorkQueue queue, String call) {
        check(queue, call);
        queue.flush(simulation.scheduler());
    }

    /** Waits until {@code queue} has nothing, taking nothing but what its own items queue. */
    public void drain(WorkQueue queue, String call) {
        check(queue, call);
        queue.drain(simulation.scheduler());
    }

    private void check(WorkState work, @Nullable WorkItem item, boolean cancelling, String call) {
        WorkItem current = currentItem();
        if (current != null && current.work == work) {
            report(
                    call + " of " + work.name() + " in its own function waits for that function to end",
                    true,
                    "let the function return; it may queue the work item again, and cancel_work() it");
            throw simulation.gate().killCurrent("deadlock on " + work.name());
        }
        held().forEach(held -> waitUnder(work.locks, work.name(), "its function takes", held, call));
        if (current != null && item != null && !cancelling) {
            checkReclaim(current, item.place.queue, item.work.definition().function());
            checkSerial(current, item, call);
        }
    }

    /** In a queue that may have one worker for all, an item must not wait for another one. */
    private void checkSerial(WorkItem current, WorkItem item, String call) {
        WorkQueue queue = item.place.queue;
        if (current.place.queue != queue || !queue.isSerial()) {
            return;
        }
        report(
                call + " of " + item.work.name() + " in " + current.work.name() + " waits for another item of "
                        + queue.title() + ", which may run one at a time",
                true,
                "queue the one on another workqueue, or let the other do what is to follow it");
        if (queue.maxActive() == 1 && item.place == current.place) {
            throw simulation.gate().killCurrent("deadlock on " + queue.title());
        }
    }

    private void check(WorkQueue queue, String call) {
        WorkItem current = currentItem();
        if (current != null && current.place.queue == queue) {
            report(
                    call + " of " + queue.title() + " in its item " + current.work.name()
                            + " waits for that item to end",
                    true,
                    "do it from outside of the workqueue's items");
            throw simulation.gate().killCurrent("deadlock on " + queue.title());
        }
        held().forEach(held -> waitUnder(queue.locks, queue.title(), "an item of it takes", held, call));
        if (current != null) {
            checkReclaim(current, queue, "0x0");
        }
    }

    private List<HeldLock> held() {
        return simulation.cpu().context().held().stream()
                .filter(HeldLock::sleeping)
                .toList();
    }

    private void waitUnder(LockHistory locks, String name, String who, HeldLock held, String call) {
        if (locks.waitUnder(held.lock(), simulation.site())) {
            report(
                    call + " of " + name + " waits with " + held.lock().lockName() + " held, which " + who,
                    false,
                    "release the lock before waiting");
        }
    }

    /** A task is about to take a lock that it may have to sleep for. */
    public void lockTaken(HoldableLock lock) {
        WorkItem current = currentItem();
        if (current == null) {
            return;
        }
        reportTaken(lock, current, current.work.locks.take(lock));
        if (!current.place.queue.isSystem()) {
            reportTaken(lock, current, current.place.queue.locks.take(lock));
        }
    }

    private static void reportTaken(HoldableLock lock, WorkItem current, @Nullable Site waited) {
        if (waited != null) {
            report(
                    "the function of " + current.work.name() + " takes " + lock.lockName() + ", which is held at "
                            + waited + " by who waits for its end",
                    false,
                    "release the lock before waiting");
        }
    }

    private void checkReclaim(WorkItem current, WorkQueue target, String function) {
        WorkQueue own = current.place.queue;
        boolean promises = own.has(Workqueue.WQ_MEM_RECLAIM) && !own.has(WorkQueue.LEGACY);
        if (promises && !target.has(Workqueue.WQ_MEM_RECLAIM)) {
            Misuses.report(
                    "flush-of-non-reclaim",
                    current.work.name() + " on " + own.title() + ", which is WQ_MEM_RECLAIM, waits for "
                            + target.title() + ", which is not",
                    "workqueue: WQ_MEM_RECLAIM " + own.name() + ":"
                            + current.work.definition().function()
                            + " is flushing !WQ_MEM_RECLAIM " + target.name() + ":" + function,
                    "give both workqueues WQ_MEM_RECLAIM, or neither");
        }
    }

    private static void report(String message, boolean recursive, String advice) {
        Misuses.report(
                RULE,
                message,
                recursive
                        ? "WARNING: possible recursive locking detected"
                        : "WARNING: possible circular locking dependency detected",
                advice);
    }
}
