package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.trace.Site;

/** What the kernel keeps for a task, beside what the scheduler does. */
public final class TaskState {
    /** Where it last said how it is about to sleep. */
    Site setAt = Site.NONE;
}
