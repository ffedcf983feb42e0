package dev.tophalf.runtime.sched;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.sched.RunQueue.Spin;
import java.util.Collection;
import java.util.function.BooleanSupplier;

/** Lets time pass when no CPU can go on, as far as the host wants the machine to run. */
final class TimeKeeper {
    private final Simulation simulation;
    private final RunQueues queues;
    private final Collection<Task> tasks;
    private final Watchdog watchdog;
    private BooleanSupplier goal = () -> false;

    private BooleanSupplier whenQuiet = () -> false;

    private boolean stirred;

    private long limitNs;

    private boolean settles;

    TimeKeeper(Simulation simulation, RunQueues queues, Collection<Task> tasks, Watchdog watchdog) {
        this.simulation = simulation;
        this.queues = queues;
        this.tasks = tasks;
        this.watchdog = watchdog;
    }

    /**
     * Says how far the host wants the machine to run.
     *
     * @param newSettles whether it is enough that nothing waits for time
     * @param newLimitNs where the clock is to stop
     * @param newGoal what is enough as well
     */
    void aim(boolean newSettles, long newLimitNs, BooleanSupplier newGoal) {
        settles = newSettles;
        limitNs = newLimitNs;
        goal = newGoal;
        stirred = false;
    }

    /** Whether the machine has run far enough. */
    boolean isReached() {
        return goal.getAsBoolean();
    }

    /** Whether the clock may go to {@code ns} by itself: nothing is due before, and the host wants it as far. */
    boolean isFree(long ns) {
        return simulation.clock().nextDueNs() > ns && ns <= limitNs;
    }

    /** Lets time pass until something can happen; false if nothing will. */
    boolean pass() {
        return passTime() || isStirred();
    }

    /** What is done when nothing can happen any more; see {@link Scheduler#setWhenQuiet}. */
    void setWhenQuiet(BooleanSupplier action) {
        whenQuiet = action;
    }

    /** Whether there is something to do after all, which is asked once each time that the host lets the machine run. */
    private boolean isStirred() {
        if (stirred || simulation.clock().nextDueNs() != Long.MAX_VALUE) {
            return false;
        }
        for (RunQueue queue : queues) {
            if (queue.spin != null) {
                return false;
            }
        }
        stirred = true;
        return whenQuiet.getAsBoolean();
    }

    /** Lets time pass to the next thing that is due; false if there is none before the limit. */
    private boolean passTime() {
        long dueNs = simulation.clock().nextDueNs();
        boolean isEvent = true;
        boolean spins = false;
        for (RunQueue queue : queues) {
            Spin spin = queue.spin;
            if (spin != null) {
                spins = true;
                if (spin.untilNs < dueNs) {
                    dueNs = spin.untilNs;
                    isEvent = false;
                }
            }
        }
        if (settles && !spins && !isAwaitingTime()) {
            return false;
        }
        if (dueNs == Long.MAX_VALUE && spins) {
            return watchdog.giveUpSpinners(queues);
        }
        if (dueNs > limitNs) {
            return false;
        }
        watchdog.checkHung(dueNs);
        if (isEvent) {
            simulation.clock().advanceToNext();
        } else {
            simulation.clock().advanceTo(dueNs);
        }
        queues.forEach(watchdog::checkStuckSpinner);
        return true;
    }

    private boolean isAwaitingTime() {
        return simulation.irqs().isTimerSet() || tasks.stream().anyMatch(Task::isSleeping);
    }
}
