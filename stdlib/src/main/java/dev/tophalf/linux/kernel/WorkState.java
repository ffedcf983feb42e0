package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Timer;
import dev.tophalf.linux.Workqueue.delayed_work;
import dev.tophalf.linux.Workqueue.work_func_t;
import dev.tophalf.linux.Workqueue.work_struct;
import dev.tophalf.runtime.contract.DriverEntry;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.trace.Site;
import org.jspecify.annotations.Nullable;

/** What the kernel knows of a {@code work_struct} and a driver does not see. */
public final class WorkState {
    final work_struct work;
    final LockHistory locks = new LockHistory();

    /** The queueing that is to be run, or null. */
    @Nullable
    WorkItem queued;

    /** The queueing that runs, the latest if there are several, or null. */
    @Nullable
    WorkItem running;

    Site queuedAt = Site.NONE;
    private boolean setUp;
    private int disables;

    public WorkState(work_struct work) {
        this.work = work;
    }

    /** Makes it a work item that can be queued and has no history. */
    void setUp() {
        setUp = true;
        disables = 0;
        locks.forget();
    }

    /** Whether it can be run. */
    boolean isSetUp() {
        delayed_work delayed = delayed();
        return setUp && work.func != null && (delayed == null || delayed.timer.function != null);
    }

    /** The work item with a timer that it is part of, or null. */
    @Nullable
    delayed_work delayed() {
        return work.container() instanceof delayed_work delayed ? delayed : null;
    }

    /** Whether it is queued, or its timer is armed to queue it. */
    public boolean isPending() {
        return queued != null || isDelayed();
    }

    /** Whether its timer is armed to queue it. */
    boolean isDelayed() {
        delayed_work delayed = delayed();
        return delayed != null && Timer.timer_pending(delayed.timer);
    }

    /** Whether its function runs. */
    public boolean isRunning() {
        return running != null;
    }

    /** Takes it off its queue, or disarms its timer; whether it was pending. */
    boolean takeOff() {
        WorkItem item = queued;
        if (item != null) {
            item.cancel();
            return true;
        }
        delayed_work delayed = delayed();
        return delayed != null && isSetUp() && Timer.timer_delete(delayed.timer) == 1;
    }

    boolean isActive() {
        return isPending() || isRunning();
    }

    /** Whether it may not be queued. */
    public boolean isDisabled() {
        return disables > 0;
    }

    /** Forbids it to be queued once more. */
    public void disable() {
        disables++;
    }

    /** Takes one disable back; false if there was none. */
    public boolean enable() {
        if (disables == 0) {
            return false;
        }
        disables--;
        return true;
    }

    /** As reports call it: a delayed work item by the name of the whole. */
    public String name() {
        delayed_work delayed = delayed();
        return EmbeddedStruct.nameOf(delayed == null ? work : delayed);
    }

    /** Where its function is defined. */
    Site definition() {
        work_func_t function = work.func;
        return function == null ? Site.NONE : DriverEntry.definition(function);
    }

    /** What a driver calls before its memory goes. */
    String cancelCall() {
        return delayed() == null ? "cancel_work_sync()" : "cancel_delayed_work_sync()";
    }
}
