package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Tasklet.tasklet_struct;
import dev.tophalf.runtime.irq.Softirq;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.trace.Site;

/** What the kernel knows of a {@code tasklet_struct} and a driver does not see. */
public final class TaskletState {
    final tasklet_struct tasklet;
    Softirq vector = Softirq.TASKLET;
    Site scheduledAt = Site.NONE;
    boolean scheduled;
    int disables;

    public TaskletState(tasklet_struct tasklet) {
        this.tasklet = tasklet;
    }

    /** As reports call it. */
    String name() {
        return EmbeddedStruct.nameOf(tasklet);
    }

    /** Forbids it to run once more. */
    public void disable() {
        disables++;
    }
}
