package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Current;
import dev.tophalf.linux.Errno;
import dev.tophalf.linux.Kthread.threadfn_t;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DriverEntry;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.sched.Killed;
import dev.tophalf.runtime.sched.Scheduler;
import dev.tophalf.runtime.sched.Sleep;
import dev.tophalf.runtime.sched.Task;
import dev.tophalf.runtime.sched.WaitQueue;
import dev.tophalf.runtime.trace.Site;
import org.jspecify.annotations.Nullable;

/** A thread of the kernel that a driver made ({@code kernel/kthread.c}). */
public final class KernelThread {
    /** Linux has a flag beside the signals for who is to stop; here it is one more of them. */
    private static final int NOTIFY = 32;

    private final Scheduler scheduler;
    private final threadfn_t function;
    private final @Nullable Object data;
    private final WaitQueue waiting;
    private final Task task;
    private boolean stopping;
    private boolean parking;
    private boolean parked;
    private boolean ended;
    private int result = -Errno.EINTR;

    final Site createdAt;

    KernelThread(Simulation simulation, threadfn_t function, @Nullable Object data, String comm) {
        this.scheduler = simulation.scheduler();
        this.function = function;
        this.data = data;
        this.waiting = new WaitQueue(scheduler);
        this.createdAt = simulation.site();
        this.task = scheduler.create(comm, Scheduler.EVERY_CPU, this::run);
        Current.of(task).state().thread = this;
    }

    private void run() {
        try {
            park();
            if (!stopping) {
                result = DriverEntry.call("kthread", function, () -> function.run(data));
            }
        } finally {
            ended = true;
            waiting.wakeAll();
            Kthreads.of(Simulation.current()).ended(this);
        }
    }

    public Task task() {
        return task;
    }

    public @Nullable Object data() {
        return data;
    }

    public boolean isStopping() {
        return stopping;
    }

    public boolean isParking() {
        return parking;
    }

    public boolean hasEnded() {
        return ended;
    }

    /** Where its function is defined. */
    Site definition() {
        return DriverEntry.definition(function);
    }

    /** Makes it run, or lets it go on. */
    public void wake() {
        scheduler.wake(task, Sleep.NORMAL);
    }

    /** Tells it to end and waits until it has. Returns what its function did, {@code -EINTR} if that never ran. */
    public int stop() {
        stopping = true;
        unpark();
        scheduler.signal(task, NOTIFY);
        wake();
        waiting.await(ending("the end of kthread " + task), Sleep.UNINTERRUPTIBLE);
        return result;
    }

    private Awaited ending(String what) {
        return new Awaited(what, () -> ended, () -> ended ? null : task.context());
    }

    /** Tells it to park and waits until it has. */
    public void awaitParked() {
        parking = true;
        if (task != scheduler.current()) {
            wake();
            Awaited awaited = new Awaited("kthread " + task + " to park", () -> parked || ended, task::context);
            waiting.await(awaited, Sleep.UNINTERRUPTIBLE);
        }
    }

    /** Parks, called by itself, as long as it is told to. */
    public void park() {
        while (parking) {
            task.setSleep(Sleep.PARKED);
            parked = true;
            waiting.wakeAll();
            scheduler.block(Awaited.of("kthread_unpark()", () -> !parking));
        }
        parked = false;
    }

    /** Lets it go on. */
    public void unpark() {
        parking = false;
        scheduler.wake(task, Sleep.PARKED);
    }

    /** Ends it, called by itself. The caller throws what it returns. */
    public Error exit(int code) {
        result = code;
        return new Killed();
    }

    /** Its code is gone. */
    void kill() {
        scheduler.kill(task);
        scheduler.wake(task, -1);
    }
}
