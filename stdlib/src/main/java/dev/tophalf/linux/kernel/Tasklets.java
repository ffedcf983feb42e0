package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Tasklet.tasklet_callback_t;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.contract.DriverEntry;
import dev.tophalf.runtime.irq.Softirq;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.sched.WaitQueue;
import dev.tophalf.runtime.trace.Site;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tasklets that are scheduled, and who runs them ({@code kernel/softirq.c}). A disabled one stays scheduled; Linux
 * looks at it again and again until it is enabled, here it waits for that.
 */
public final class Tasklets {
    private final Simulation simulation;
    private final WaitQueue waiting;
    private final List<TaskletState> scheduled = new ArrayList<>();
    private @Nullable TaskletState running;

    private Tasklets(Simulation simulation) {
        this.simulation = simulation;
        this.waiting = new WaitQueue(simulation.scheduler());
        simulation.softirqs().open(Softirq.HI, () -> run(Softirq.HI));
        simulation.softirqs().open(Softirq.TASKLET, () -> run(Softirq.TASKLET));
    }

    /** The tasklets of {@code simulation}. */
    public static Tasklets of(Simulation simulation) {
        return simulation.part(Tasklets.class, Tasklets::new);
    }

    /** Makes a tasklet ready for use; whether it was scheduled, which it is no more. */
    public boolean setUp(TaskletState tasklet) {
        tasklet.disables = 0;
        return unschedule(tasklet);
    }

    /** Schedules a tasklet, unless it is. */
    public void schedule(TaskletState tasklet, Softirq vector, String call) {
        if (tasklet.tasklet.callback == null) {
            throw DriverBug.nullPointer(call + " of a tasklet that tasklet_setup() has not seen");
        }
        if (tasklet.scheduled) {
            return;
        }
        tasklet.scheduled = true;
        tasklet.scheduledAt = simulation.site();
        tasklet.vector = vector;
        scheduled.add(tasklet);
        simulation.softirqs().raise(vector);
    }

    private boolean unschedule(TaskletState tasklet) {
        boolean was = tasklet.scheduled;
        tasklet.scheduled = false;
        scheduled.remove(tasklet);
        return was;
    }

    /** Forbids a tasklet to run and waits until it does not. */
    public void disable(TaskletState tasklet) {
        tasklet.disable();
        waiting.await("the end of a tasklet", () -> running != tasklet);
    }

    /** Takes one disable back; false if there was none. */
    public boolean enable(TaskletState tasklet) {
        if (tasklet.disables == 0) {
            return false;
        }
        tasklet.disables--;
        if (tasklet.disables == 0 && tasklet.scheduled) {
            simulation.softirqs().raise(tasklet.vector);
        }
        return true;
    }

    /** Waits until a tasklet is neither scheduled nor running. */
    public void kill(TaskletState tasklet) {
        waiting.await("a tasklet", () -> !tasklet.scheduled && running != tasklet);
    }

    /** Runs what was scheduled for a vector before it began, in the order of scheduling. */
    private void run(Softirq vector) {
        for (TaskletState tasklet : List.copyOf(scheduled)) {
            tasklet_callback_t callback = tasklet.tasklet.callback;
            boolean ready = tasklet.vector == vector && tasklet.scheduled && tasklet.disables == 0;
            if (ready && callback != null) {
                unschedule(tasklet);
                running = tasklet;
                DriverEntry.run("tasklet", callback, () -> callback.run(tasklet.tasklet));
                running = null;
            }
        }
        waiting.wakeAll();
    }

    /** Memory is freed: no tasklet in it may be scheduled. */
    public void freed(Object struct) {
        Site site = simulation.site();
        String where = site.equals(Site.NONE) ? "" : " at " + site;
        for (TaskletState tasklet : List.copyOf(scheduled)) {
            if (EmbeddedStruct.isIn(tasklet.tasklet, struct)) {
                reportScheduled(
                        tasklet,
                        "struct " + struct.getClass().getSimpleName() + " is freed" + where + " with " + tasklet.name()
                                + " scheduled");
            }
        }
    }

    /** A module is unloaded: no tasklet may call into it. */
    public void unloaded(String module, String file) {
        for (TaskletState tasklet : List.copyOf(scheduled)) {
            tasklet_callback_t callback = tasklet.tasklet.callback;
            if (callback != null && DriverEntry.definition(callback).file().equals(file)) {
                reportScheduled(tasklet, module + " is unloaded with " + tasklet.name() + " scheduled");
            }
        }
    }

    private void reportScheduled(TaskletState tasklet, String message) {
        Misuses.report(
                "missing-cancel",
                message,
                "BUG: unable to handle page fault for address",
                tasklet.scheduledAt,
                "call tasklet_kill() in the driver's remove or exit function");
        unschedule(tasklet);
    }
}
