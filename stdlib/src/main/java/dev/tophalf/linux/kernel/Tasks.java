package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Current;
import dev.tophalf.linux.Jiffies;
import dev.tophalf.linux.Sched;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.sched.Task;
import org.jspecify.annotations.Nullable;

/** How tasks sleep and what wakes them, in the kernel's words ({@code kernel/sched/core.c}). */
public final class Tasks {
    /** As far away as a time-out is counted; it only has to be longer than any run. */
    private static final long MOST_TICKS = 1L << 40;

    private static final int FATAL_SIGNALS = 1 << (9 - 1);

    private Tasks() {}

    /** The running task, or null while the CPU is idle. */
    public static @Nullable Task current() {
        return Simulation.current().scheduler().current();
    }

    /** How the running task sleeps, or is about to: bits of {@code TASK_INTERRUPTIBLE} and others. */
    public static int state() {
        Task task = current();
        return task == null ? Sched.TASK_RUNNING : task.sleep();
    }

    /** Says how the running task is about to sleep. */
    public static void setState(int state) {
        Task task = current();
        if (task != null) {
            task.setSleep(state);
            Current.of(task).state().setAt = Simulation.current().site();
        }
    }

    /** Whether a signal came that ends a sleep like that, or keeps the task from it. */
    public static boolean isSignalled(Task task, int state) {
        boolean fatal = (task.signals() & FATAL_SIGNALS) != 0;
        return ((state & Sched.TASK_INTERRUPTIBLE) != 0 && task.signals() != 0)
                || ((state & Sched.TASK_WAKEKILL) != 0 && fatal);
    }

    /**
     * Gives up the CPU: until somebody wakes the running task if it said how it sleeps, else until its next turn.
     *
     * @param ticks how long at most
     * @return how many ticks are left
     */
    public static long schedule(long ticks, Awaited awaited) {
        Simulation now = Simulation.current();
        if (ticks == Sched.MAX_SCHEDULE_TIMEOUT) {
            now.scheduler().block(awaited);
            return ticks;
        }
        if (ticks < 0) {
            Misuses.report(
                    "bad-timeout",
                    "schedule_timeout() of " + ticks + " jiffies",
                    "schedule_timeout: wrong timeout value",
                    "compute the time that is left with time_before(), which knows what has passed");
            setState(Sched.TASK_RUNNING);
            return 0;
        }
        long began = Jiffies.jiffies();
        now.scheduler().block(awaited, Jiffies.toNs(began + Math.min(ticks, MOST_TICKS)));
        return Math.max(0, ticks - (Jiffies.jiffies() - began));
    }
}
