package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.trace.Site;
import org.jspecify.annotations.Nullable;

/** What the kernel keeps for a task, beside what the scheduler does. */
public final class TaskState {
    /** Where it last said how it is about to sleep. */
    Site setAt = Site.NONE;

    /** What it is as a kthread, or null. */
    @Nullable
    KernelThread thread;

    private int references;

    /** The kthread that it is, or null. */
    public @Nullable KernelThread thread() {
        return thread;
    }

    /** Keeps the struct, or gives it back: that many times. */
    public void addReferences(int count) {
        references += count;
    }

    /** Whether a driver keeps the struct. */
    public boolean isKept() {
        return references > 0;
    }
}
