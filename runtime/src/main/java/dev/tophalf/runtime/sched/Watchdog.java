package dev.tophalf.runtime.sched;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.cpu.HeldLock;
import dev.tophalf.runtime.sched.RunQueue.Spin;
import dev.tophalf.runtime.trace.Misuse;
import dev.tophalf.runtime.trace.Misuse.Note;
import dev.tophalf.runtime.trace.Site;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Notices who does not get on: in a circle of waits, on a CPU that he keeps, or asleep for two minutes. */
final class Watchdog {
    /** Twice {@code watchdog_thresh}. */
    private static final long STUCK_NS = 20_000_000_000L;

    /** Linux's default for {@code hung_task_timeout_secs}. */
    static final long HUNG_NS = 120_000_000_000L;

    private final Simulation simulation;
    private final Set<ExecutionContext> deadlocked = new LinkedHashSet<>();
    private long nextHungNs = Long.MAX_VALUE;

    Watchdog(Simulation simulation) {
        this.simulation = simulation;
    }

    // Circles.

    /** Runs {@code wait}, in which what runs waits for {@code awaited}; reports if that waits, through others, for it. */
    void watch(Awaited awaited, Runnable wait) {
        ExecutionContext context = simulation.cpu().context();
        context.setAwaited(awaited);
        lookForCycle(context);
        try {
            wait.run();
        } finally {
            context.setAwaited(null);
        }
    }

    private void lookForCycle(ExecutionContext waiter) {
        List<ExecutionContext> chain = new ArrayList<>();
        ExecutionContext context = waiter;
        while (context != null && !chain.contains(context)) {
            chain.add(context);
            context = waitsFor(context);
        }
        if (context == waiter && chain.size() > 1) {
            deadlocked.addAll(chain);
            reportCycle(chain);
        }
    }

    /** Who has to get on before {@code context} does; null if it needs nobody in particular. */
    private @Nullable ExecutionContext waitsFor(ExecutionContext context) {
        Awaited awaited = context.awaited();
        if (awaited != null) {
            return awaited.holder().get();
        }
        for (Cpu cpu : simulation.cpus()) {
            if (cpu.context() != context && cpu.stack().contains(context)) {
                return cpu.context();
            }
        }
        return null;
    }

    private void reportCycle(List<ExecutionContext> chain) {
        if (chain.stream().flatMap(context -> context.held().stream()).anyMatch(Watchdog::isReported)) {
            simulation.log(4, "lock: the deadlock that the lock checker has warned of is there");
            return;
        }
        List<Note> story = new ArrayList<>();
        for (ExecutionContext context : chain) {
            Awaited awaited = context.awaited();
            story.add(new Note(
                    Site.NONE,
                    context.name()
                            + (awaited == null
                                    ? " is interrupted by it"
                                    : " waits for " + awaited.what() + " at " + context.site() + held(context))));
        }
        Awaited first = chain.get(0).awaited();
        String message = chain.get(0).name() + " waits for " + (first == null ? "" : first.what()) + ", held by "
                + chain.get(1).name() + ", which waits for it in turn";
        simulation.record(new Misuse(
                "deadlock",
                message,
                "WARNING: possible circular locking dependency detected",
                chain.get(0).site(),
                "take locks in the same order everywhere, and hold none that the one you wait for needs",
                story,
                List.of()));
    }

    private static boolean isReported(HeldLock held) {
        return held.lockClass() != null && held.lockClass().isReported();
    }

    private static String held(ExecutionContext context) {
        List<String> locks = context.held().stream().map(HeldLock::toString).toList();
        return locks.isEmpty() ? "" : ", holding " + String.join("; ", locks);
    }

    // CPUs.

    /** Ends who has kept this CPU for too long. */
    void checkStuck(RunQueue queue) {
        if (isStuck(queue)) {
            queue.sinceNs = simulation.nowNs();
            report(queue, "for 20 s without letting another task run");
            throw simulation.gate().killCurrent("soft lockup");
        }
    }

    /** The same for a CPU that stands still, spinning. */
    void checkStuckSpinner(RunQueue queue) {
        Spin spin = queue.spin;
        if (spin != null && isStuck(queue)) {
            giveUp(queue, spin, "for 20 s");
        }
    }

    private boolean isStuck(RunQueue queue) {
        return simulation.nowNs() - queue.sinceNs > STUCK_NS && !queue.isIdle();
    }

    /** No time will help those who spin: the first of them is given up. Returns whether there was one. */
    boolean giveUpSpinners(RunQueues queues) {
        for (RunQueue queue : queues) {
            Spin spin = queue.spin;
            if (spin != null && !spin.givenUp) {
                giveUp(queue, spin, "for ever");
                return true;
            }
        }
        return false;
    }

    private void giveUp(RunQueue queue, Spin spin, String howLong) {
        spin.givenUp = true;
        if (deadlocked.contains(queue.cpu.context())) {
            return;
        }
        simulation.scheduler().as(queue.current, () -> report(queue, howLong));
    }

    private void report(RunQueue queue, String howLong) {
        ExecutionContext context = queue.cpu.context();
        Awaited awaited = context.awaited();
        String what = awaited == null ? "" : ", waiting for " + awaited.what() + holder(awaited);
        simulation.record(new Misuse(
                "soft-lockup",
                context.name() + " keeps " + queue.cpu + " busy " + howLong + what,
                "watchdog: BUG: soft lockup - CPU#" + queue.cpu.number() + " stuck",
                context.site(),
                "give the loop an end, and sleep in it: msleep(), wait_event(), read_poll_timeout()"));
    }

    private static String holder(Awaited awaited) {
        ExecutionContext holder = awaited.holder().get();
        return holder == null ? "" : ", held by " + holder.name();
    }

    // Tasks.

    /** {@code task} has begun to sleep. */
    void blocked(Task task) {
        if (isCounted(task)) {
            nextHungNs = Math.min(nextHungNs, task.blockedSinceNs() + HUNG_NS);
        }
    }

    private static boolean isCounted(Task task) {
        int sleep = task.sleep();
        boolean isUninterruptible = (sleep & Sleep.UNINTERRUPTIBLE) != 0 && (sleep & (Sleep.NOLOAD | Sleep.NEW)) == 0;
        return isUninterruptible && !task.isSleeping() && !task.isReportedHung();
    }

    /** The clock is about to go to {@code dueNs}: reports who will have slept too long then. */
    void checkHung(long dueNs) {
        if (dueNs < nextHungNs) {
            return;
        }
        nextHungNs = Long.MAX_VALUE;
        for (Task task : simulation.scheduler().tasks()) {
            boolean sleeps = task.state() == Task.State.BLOCKED && isCounted(task);
            if (sleeps && dueNs - task.blockedSinceNs() >= HUNG_NS) {
                reportHung(task);
            } else if (sleeps) {
                blocked(task);
            }
        }
    }

    /**
     * The host waits for {@code task} no longer, as nothing will happen before {@code limitNs}. If nothing ever will, or
     * nothing has woken it in most of the time that the host had, nobody ever wakes it.
     */
    void reportStuck(Task task, long limitNs) {
        boolean isQuiet = simulation.clock().nextDueNs() == Long.MAX_VALUE;
        boolean isLong = limitNs - task.blockedSinceNs() >= HUNG_NS / 10 * 9;
        if (isCounted(task) && (isQuiet || isLong)) {
            reportHung(task);
        }
    }

    private void reportHung(Task task) {
        task.setReportedHung();
        ExecutionContext context = task.context();
        if (deadlocked.contains(context)) {
            return;
        }
        Awaited awaited = context.awaited();
        boolean isLost = awaited != null && awaited.condition().getAsBoolean();
        String message = task + " waits for " + task.waitsFor() + (awaited == null ? "" : holder(awaited));
        simulation
                .scheduler()
                .as(
                        task,
                        () -> simulation.record(
                                new Misuse(
                                        isLost ? "wait-without-wakeup" : "hung-task",
                                        message
                                                + (isLost
                                                        ? ", which is there, but nobody has woken it since"
                                                        : ", and nobody has woken it in 120 s"),
                                        "INFO: task " + task.comm() + ":" + task.pid()
                                                + " blocked for more than 120 seconds.",
                                        context.site(),
                                        isLost
                                                ? "wake the waiter up after what it waits for has changed"
                                                : "let every way out of the other side wake the waiter, or wait with a timeout")));
    }
}
