package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Errno;
import dev.tophalf.linux.Sched;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.Condition;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.sched.Scheduler;
import dev.tophalf.runtime.trace.Misuse;
import dev.tophalf.runtime.trace.Site;

/** The wait of the running task until a condition holds: {@code ___wait_event()}. */
public final class EventWait extends Waiter {
    private final Waiters waiters;
    private final Condition condition;
    private final int state;
    private final boolean exclusive;
    private final Site site = Simulation.current().site();
    private Runnable before = () -> {};
    private Runnable after = () -> {};
    private long left;

    /** Whether the task is awake only to look whether it has missed a wake-up. */
    private boolean looking;

    /** Whether it has, and was reported. */
    private boolean missed;

    /**
     * A wait in {@code waiters}.
     *
     * @param state how the task sleeps
     * @param exclusive whether it is woken one by one with others
     */
    public EventWait(Waiters waiters, Condition condition, int state, boolean exclusive) {
        super(Tasks.current(), true);
        this.waiters = waiters;
        this.condition = condition;
        this.state = state;
        this.exclusive = exclusive;
    }

    /** What to do before and after each sleep. */
    public EventWait around(Runnable first, Runnable then) {
        before = first;
        after = then;
        return this;
    }

    /**
     * Waits for {@code timeout} ticks at most.
     *
     * @return the ticks that are left, but at least 1; 0 if the condition does not hold when the time is over;
     *     {@code -ERESTARTSYS} if a signal ended the wait
     */
    public long await(long timeout) {
        left = timeout;
        if (condition.holds()) {
            return Math.max(1, left);
        }
        EventWaits waits = EventWaits.of(Simulation.current());
        waits.add(this);
        try {
            return sleep();
        } finally {
            waits.remove(this);
            Waiters.finish(this);
        }
    }

    private long sleep() {
        Awaited awaited = Awaited.of(waiters.toString(), () -> missed);
        while (true) {
            boolean signalled = !waiters.prepare(this, state, exclusive);
            if (condition.holds() && !isLost()) {
                return Math.max(1, left);
            }
            if (left == 0 || signalled) {
                return left == 0 ? 0 : -Errno.ERESTARTSYS;
            }
            looking = false;
            before.run();
            Simulation.current().cpu().context().setSite(site);
            left = Tasks.schedule(left, awaited);
            after.run();
        }
    }

    @Override
    boolean wake(int states) {
        looking = false;
        return super.wake(states);
    }

    /**
     * Wakes the task to look whether it has missed a wake-up, once. A time-out would help it, and that of exclusive
     * waiters one is woken, who passes the rest on, is what they are for.
     */
    void look(Scheduler scheduler) {
        boolean mayMiss = left == Sched.MAX_SCHEDULE_TIMEOUT && !exclusive && !missed;
        looking = mayMiss && task != null && scheduler.wake(task, Sched.TASK_NORMAL);
    }

    /** Whether the condition, which holds, came to hold without a wake-up; then the task sleeps on, as in Linux. */
    private boolean isLost() {
        if (!looking) {
            return false;
        }
        missed = true;
        Site wokenAt = waiters.wokenAt();
        String last = wokenAt.equals(Site.NONE)
                ? "there was no wake-up"
                : "the last wake-up, at " + wokenAt + ", came before the condition held";
        boolean uninterruptible = (state & (Sched.TASK_INTERRUPTIBLE | Sched.TASK_NOLOAD)) == 0;
        Simulation.current()
                .record(new Misuse(
                        "wait-without-wakeup",
                        task + " sleeps in " + waiters + " though its condition holds, and nobody is left to wake it; "
                                + last,
                        uninterruptible ? "INFO: task blocked for more than 120 seconds." : "",
                        site,
                        "call wake_up() after every change that may make the condition true"));
        return true;
    }

    /** {@code struct} is freed, with the queue perhaps. */
    void freed(Object struct, String where) {
        if (waiters.isIn(struct)) {
            Misuses.report(
                    "free-while-waited",
                    "struct " + struct.getClass().getSimpleName() + " is freed" + where + " while " + task
                            + " sleeps in " + waiters,
                    "BUG: KASAN: slab-use-after-free",
                    site,
                    "wake the sleepers up and wait until they have left before the memory goes");
        }
    }
}
