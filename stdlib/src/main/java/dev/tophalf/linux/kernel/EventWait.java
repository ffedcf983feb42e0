package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Errno;
import dev.tophalf.linux.Sched;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.Condition;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.trace.Site;

/** The wait of the running task until a condition holds: {@code ___wait_event()}. */
public final class EventWait {
    private final Waiters queue;
    private final Condition condition;
    private final int state;
    private final boolean exclusive;
    private final Waiter waiter = new Waiter(Tasks.current(), true);
    private final Site site = Simulation.current().site();
    private Runnable before = () -> {};
    private Runnable after = () -> {};

    /**
     * A wait in {@code queue}.
     *
     * @param state how the task sleeps
     * @param exclusive whether it is woken one by one with others
     */
    public EventWait(Waiters queue, Condition condition, int state, boolean exclusive) {
        this.queue = queue;
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
        if (condition.holds()) {
            return Math.max(1, timeout);
        }
        LostWakeups lost = LostWakeups.of(Simulation.current());
        if (timeout == Sched.MAX_SCHEDULE_TIMEOUT && !exclusive) {
            lost.add(waiter);
        }
        try {
            return sleep(timeout);
        } finally {
            lost.remove(waiter);
            Waiters.finish(waiter);
        }
    }

    private long sleep(long timeout) {
        Awaited awaited = Awaited.of(queue.toString(), waiter::hasMissed);
        long left = timeout;
        while (true) {
            boolean signalled = !queue.prepare(waiter, state, exclusive);
            if (condition.holds() && !isLost()) {
                return Math.max(1, left);
            }
            if (left == 0 || signalled) {
                return left == 0 ? 0 : -Errno.ERESTARTSYS;
            }
            waiter.sleep();
            before.run();
            Simulation.current().cpu().context().setSite(site);
            left = Tasks.schedule(left, awaited);
            after.run();
        }
    }

    /** Whether the condition, which holds, came to hold without a wake-up. */
    private boolean isLost() {
        if (!waiter.misses()) {
            return false;
        }
        boolean uninterruptible = (state & (Sched.TASK_INTERRUPTIBLE | Sched.TASK_NOLOAD)) == 0;
        Misuses.report(
                "wait-without-wakeup",
                waiter + " sleeps in " + queue + " though its condition holds, and nobody is left to wake it; "
                        + (queue.wokenAt().equals(Site.NONE)
                                ? "there was no wake-up"
                                : "the last wake-up, at " + queue.wokenAt() + ", came before the condition held"),
                uninterruptible ? "INFO: task blocked for more than 120 seconds." : "",
                site,
                "call wake_up() after every change that may make the condition true");
        return true;
    }
}
