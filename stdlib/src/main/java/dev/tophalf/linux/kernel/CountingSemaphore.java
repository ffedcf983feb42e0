package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.sched.Task;
import dev.tophalf.runtime.time.VirtualClock.Event;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A number that tasks take one from, asleep while there is none, and anybody adds one to. Who adds hands it to the first
 * who sleeps ({@code kernel/locking/semaphore.c}). It belongs to nobody, so the lock checker does not look at it.
 */
public abstract class CountingSemaphore extends EmbeddedStruct {
    private boolean initialised;
    private int count;
    private final Deque<Waiter> waiting = new ArrayDeque<>(1);

    private static final class Waiter {
        final Task task;
        boolean up;

        Waiter(Task task) {
            this.task = task;
        }
    }

    /** Makes it ready for use. */
    public final void initialise(int newCount) {
        initialised = true;
        count = newCount;
        waiting.clear();
    }

    private void check(String call) {
        if (!initialised) {
            Misuses.report(
                    "lock-not-initialised",
                    call + " of " + EmbeddedStruct.nameOf(this) + ", which was never initialised",
                    "BUG: spinlock bad magic",
                    "call sema_init() before anybody can use the semaphore");
            initialised = true;
        }
    }

    /**
     * Takes one, asleep until there is one.
     *
     * @param how how the task sleeps: bits of {@link dev.tophalf.runtime.sched.Sleep}
     * @return false if a signal ended the wait
     */
    public final boolean down(String call, int how) {
        return !mustWait(call) || sleep(how, Long.MAX_VALUE) == Outcome.TAKEN;
    }

    /** Takes one, asleep until there is one or the clock reaches {@code dueNs}; whether there was one. */
    public final boolean down(String call, int how, long dueNs) {
        return !mustWait(call) || sleep(how, dueNs) == Outcome.TAKEN;
    }

    private boolean mustWait(String call) {
        check(call);
        if (count > 0) {
            count--;
            return false;
        }
        return true;
    }

    private enum Outcome {
        TAKEN,
        SIGNAL,
        LATE
    }

    private Outcome sleep(int how, long dueNs) {
        Simulation now = Simulation.current();
        Task task = now.scheduler().current();
        if (task == null) {
            throw now.stop(
                    "Kernel panic - not syncing: scheduling in interrupt, waiting for " + EmbeddedStruct.nameOf(this));
        }
        Waiter me = new Waiter(task);
        waiting.add(me);
        Awaited turn = Awaited.of("semaphore " + EmbeddedStruct.nameOf(this), () -> me.up);
        Event timeout = dueNs == Long.MAX_VALUE
                ? null
                : now.clock()
                        .at(dueNs, "time-out of " + task, () -> now.scheduler().wake(task));
        try {
            while (!me.up) {
                if (now.nowNs() >= dueNs) {
                    return Outcome.LATE;
                }
                if (!now.scheduler().sleep(turn, how)) {
                    return me.up ? Outcome.TAKEN : Outcome.SIGNAL;
                }
            }
            return Outcome.TAKEN;
        } finally {
            waiting.remove(me);
            if (timeout != null) {
                timeout.cancel();
            }
        }
    }

    /** Takes one if there is one; whether there was. */
    public final boolean tryDown(String call) {
        check(call);
        if (count == 0) {
            return false;
        }
        count--;
        return true;
    }

    /** Adds one, or hands it to the first who sleeps. */
    public final void up(String call) {
        check(call);
        Waiter first = waiting.poll();
        if (first == null) {
            count++;
        } else {
            first.up = true;
            Simulation.current().scheduler().wake(first.task);
        }
    }
}
