package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Tasklet.tasklet_callback_t;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.contract.DriverEntry;
import dev.tophalf.runtime.irq.Softirq;
import dev.tophalf.runtime.sched.WaitQueue;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tasklets that are scheduled, and who runs them ({@code kernel/softirq.c}): each CPU has a queue for each vector,
 * and no tasklet runs on two CPUs at once. A disabled one stays scheduled; Linux looks at it again and again until it is
 * enabled, here it waits for that.
 */
public final class Tasklets {
    private final Simulation simulation;
    private final Callbacks callbacks;
    private final WaitQueue waiting;
    private final List<Map<Softirq, Set<TaskletState>>> queues = new ArrayList<>();

    private Tasklets(Simulation simulation) {
        this.simulation = simulation;
        this.callbacks = Callbacks.of(simulation);
        this.waiting = new WaitQueue(simulation.scheduler());
        simulation.cpus().forEach(cpu -> queues.add(new EnumMap<>(Softirq.class)));
        callbacks.add(this::scheduled);
        simulation.softirqs().open(Softirq.HI, () -> run(Softirq.HI));
        simulation.softirqs().open(Softirq.TASKLET, () -> run(Softirq.TASKLET));
    }

    /** The tasklets of {@code simulation}. */
    public static Tasklets of(Simulation simulation) {
        return simulation.part(Tasklets.class, Tasklets::new);
    }

    private List<TaskletState> scheduled() {
        return queues.stream()
                .flatMap(here -> here.values().stream())
                .flatMap(Set::stream)
                .toList();
    }

    /** What is scheduled on this CPU for a vector, in the order of scheduling. */
    private Set<TaskletState> queue(Softirq vector) {
        return queues.get(simulation.cpu().number()).computeIfAbsent(vector, key -> new LinkedHashSet<>());
    }

    /** Makes a tasklet ready for use; whether it was scheduled, which it is no more. */
    public boolean setUp(TaskletState tasklet) {
        tasklet.disables = 0;
        return unschedule(tasklet);
    }

    /** Schedules a tasklet on this CPU, unless it is scheduled. */
    public void schedule(TaskletState tasklet, Softirq vector, String call) {
        if (tasklet.tasklet.callback == null) {
            throw DriverBug.nullPointer(call + " of a tasklet that tasklet_setup() has not seen");
        }
        if (tasklet.queue == null) {
            tasklet.vector = vector;
            callbacks.arm(tasklet);
            enqueue(tasklet);
        }
    }

    private void enqueue(TaskletState tasklet) {
        Set<TaskletState> queue = queue(tasklet.vector);
        queue.add(tasklet);
        tasklet.queue = queue;
        simulation.softirqs().raise(tasklet.vector);
    }

    /** Takes a tasklet off its queue; whether it was on one. */
    boolean unschedule(TaskletState tasklet) {
        Set<TaskletState> queue = tasklet.queue;
        if (queue == null) {
            return false;
        }
        queue.remove(tasklet);
        tasklet.queue = null;
        return true;
    }

    /** Forbids a tasklet to run and waits until it does not. */
    public void disable(TaskletState tasklet) {
        tasklet.disable();
        waiting.await("the end of a tasklet", () -> !callbacks.isRunning(tasklet));
    }

    /** Takes one disable back; false if there was none. A tasklet that waited for the last one runs on this CPU. */
    public boolean enable(TaskletState tasklet) {
        if (tasklet.disables == 0) {
            return false;
        }
        tasklet.disables--;
        Set<TaskletState> queue = tasklet.queue;
        if (tasklet.disables == 0 && queue != null) {
            queue.remove(tasklet);
            enqueue(tasklet);
        }
        return true;
    }

    /** Waits until a tasklet is neither scheduled nor running. */
    public void kill(TaskletState tasklet) {
        waiting.await("a tasklet", () -> tasklet.queue == null && !callbacks.isRunning(tasklet));
    }

    /** Runs what was scheduled on this CPU for a vector before it began. */
    private void run(Softirq vector) {
        Set<TaskletState> queue = queue(vector);
        for (TaskletState tasklet : List.copyOf(queue)) {
            if (queue.contains(tasklet) && tasklet.disables == 0) {
                runOrWait(tasklet);
            }
        }
        waiting.wakeAll();
    }

    /** Runs a tasklet, which comes later if another CPU runs it. */
    private void runOrWait(TaskletState tasklet) {
        tasklet_callback_t callback = tasklet.tasklet.callback;
        if (callbacks.isRunning(tasklet)) {
            simulation.softirqs().raise(tasklet.vector);
        } else if (callback != null) {
            unschedule(tasklet);
            callbacks.begin(tasklet);
            DriverEntry.run("tasklet", callback, () -> callback.run(tasklet.tasklet));
            callbacks.end();
        }
    }
}
