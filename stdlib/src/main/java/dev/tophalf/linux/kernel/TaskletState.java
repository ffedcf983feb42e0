package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Tasklet.tasklet_struct;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.irq.Softirq;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the kernel knows of a {@code tasklet_struct} and a driver does not see. */
public final class TaskletState extends Callback {
    final tasklet_struct tasklet;
    Softirq vector = Softirq.TASKLET;

    /** The queue that it is on, or null while it is not scheduled. */
    @Nullable
    Set<TaskletState> queue;

    int disables;

    public TaskletState(tasklet_struct tasklet) {
        super(tasklet, Kind.TASKLET);
        this.tasklet = tasklet;
    }

    /** Forbids it to run once more. */
    public void disable() {
        disables++;
    }

    @Override
    @Nullable
    Object function() {
        return tasklet.callback;
    }

    @Override
    boolean isArmed() {
        return queue != null;
    }

    @Override
    void disarm() {
        Tasklets.of(Simulation.current()).unschedule(this);
    }
}
