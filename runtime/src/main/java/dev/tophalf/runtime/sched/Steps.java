package dev.tophalf.runtime.sched;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.sched.Carrier.Fiber;
import dev.tophalf.runtime.sched.RunQueue.Spin;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Which CPU makes the next step: it goes on, takes an interrupt, loses its task, or stands still while another one goes
 * on. Whoever cannot go on picks who does, on his own stack.
 */
final class Steps {
    /** So long a CPU is busy before the others catch up, if nothing else decides. */
    private static final long SLICE_NS = 1_000_000;

    private final Simulation simulation;
    private final Carrier carrier;
    private final Decider decider;
    private final Preemption preemption;
    private final Watchdog watchdog;
    private final RunQueues queues;
    private final TimeKeeper time;
    private RunQueue here;
    private long sliceEndNs = SLICE_NS;
    private int uninterrupted;
    private boolean inMachine;
    private boolean closing;

    Steps(
            Simulation simulation,
            Carrier carrier,
            Decider decider,
            Preemption preemption,
            Watchdog watchdog,
            Collection<Task> tasks) {
        this.simulation = simulation;
        this.carrier = carrier;
        this.decider = decider;
        this.preemption = preemption;
        this.watchdog = watchdog;
        this.queues = new RunQueues(
                simulation,
                decider,
                queue -> new Task(queue.cpu, task -> carrier.create("swapper", () -> idle(queue))));
        this.time = new TimeKeeper(simulation, queues, tasks, watchdog);
        this.here = queues.get(0);
    }

    RunQueues queues() {
        return queues;
    }

    TimeKeeper time() {
        return time;
    }

    /** That of the CPU that makes the present step. */
    RunQueue here() {
        return here;
    }

    Preemption preemption() {
        return preemption;
    }

    /** Whether tasks can be left here: a task runs, and no class is being set up. */
    boolean canSwitch() {
        return inMachine && uninterrupted == 0;
    }

    /** Whether a class is being set up, which the JVM cannot leave. */
    boolean isUninterrupted() {
        return uninterrupted > 0;
    }

    /** What the idle task of a CPU does: it is there to be interrupted. */
    private @Nullable Fiber idle(RunQueue queue) {
        queue.idle.setStarted();
        return simulation.bound(() -> {
            while (!closing) {
                queue.resting = false;
                simulation.guard(() -> {
                    if (!obey(queue)) {
                        simulation.softirqs().serve(queue.cpu);
                    }
                });
                queue.resting = true;
                leave(queue.idle, next(queue.idle.context()));
            }
            queue.idle.setDone();
            return null;
        });
    }

    /** The task that has this CPU gives it up for good, until somebody queues it. Returns when it has one again. */
    void giveUp(Task task) {
        RunQueues.rest(here);
        leave(task, next(task.context()));
    }

    /** The task that has this CPU has ended. Returns who goes on. */
    @Nullable
    Fiber end(Task task) {
        RunQueues.rest(here);
        return next(task.context());
    }

    // What a CPU does.

    /** A place where something else may happen before what runs goes on. */
    void point() {
        if (uninterrupted > 0) {
            return;
        }
        if (!inMachine) {
            simulation.irqs().deliverAll(here.cpu);
            return;
        }
        watchdog.checkStuck(here);
        while (decider.isDefault() ? isInterruptedByDefault() : isInterrupted()) {
            // and perhaps again
        }
    }

    /** As {@link #isInterrupted}, for a strategy that need not be asked. */
    private boolean isInterruptedByDefault() {
        boolean isIrq = simulation.irqs().isDeliverable(here.cpu);
        if (!isIrq && (queues.size() == 1 || !isSliceOver())) {
            return false;
        }
        return isInterrupted();
    }

    /** Decides what happens before the present step, and does it; true if it is to be decided again. */
    private boolean isInterrupted() {
        RunQueue queue = here;
        decider.begin();
        simulation.irqs().addOptions(queue.cpu, decider);
        boolean catchUp = isSliceOver();
        if (catchUp) {
            queues.addOthers(queue, queue);
        }
        decider.add(Option.go(queue.cpu));
        if (!catchUp) {
            queues.addOthers(queue, queue);
        }
        addPreemption(queue);
        return follow(queue, decider.choose(Choice.Kind.POINT, queue.cpu.context()));
    }

    /** Whether this CPU was busy for so long that the others have to catch up. */
    private boolean isSliceOver() {
        return simulation.nowNs() >= sliceEndNs;
    }

    private void addPreemption(RunQueue queue) {
        Task next = queue.ready.peek();
        if (next != null && preemption == Preemption.FULL && RunQueues.isPreemptible(queue)) {
            decider.add(Option.task(queue.cpu, next));
        }
    }

    /** Does what was decided; true if this CPU took an interrupt, so that it has to be decided again. */
    private boolean follow(RunQueue queue, long option) {
        Option.Kind kind = Option.kind(option);
        if (kind == Option.Kind.TASK) {
            preempt(queue);
        } else if (Option.cpu(option) != queue.cpu.number()) {
            queues.standStill(queue);
            standStill(queue, prepare(option));
        } else if (kind == Option.Kind.GO) {
            sliceEndNs = simulation.nowNs() + SLICE_NS;
            return false;
        } else {
            queue.order = option;
        }
        return obey(here);
    }

    /** Stands still, in the middle of whatever this CPU runs, until it is told to go on. */
    private void standStill(RunQueue queue, @Nullable Fiber next) {
        leave(queue.current, next);
        Scheduler.throwIfKilled(queue.current);
    }

    private void preempt(RunQueue queue) {
        Task task = queue.current;
        queues.enqueueAgain(task, queue);
        RunQueues.rest(queue);
        Task next = queue.ready.element();
        queues.give(queue, next);
        leave(task, next.fiber());
        Scheduler.throwIfKilled(task);
    }

    /** Takes the interrupt that the CPU was told to take; false if it was told to go on. */
    private boolean obey(RunQueue queue) {
        long order = queue.order;
        queue.order = RunQueue.NO_ORDER;
        if (order == RunQueue.NO_ORDER) {
            return false;
        }
        simulation.irqs().take(queue.cpu, order);
        return true;
    }

    /** At a call that might sleep: other tasks of this CPU get a turn if the preemption model lets them. */
    void mightSleep() {
        RunQueue queue = here;
        Task next = queue.ready.peek();
        boolean mayLose = preemption == Preemption.VOLUNTARY && canSwitch();
        if (next != null && mayLose && RunQueues.isPreemptible(queue)) {
            decider.begin();
            decider.add(Option.go(queue.cpu));
            decider.add(Option.task(queue.cpu, next));
            follow(queue, decider.choose(Choice.Kind.POINT, queue.cpu.context()));
        }
    }

    /** Where a loop that waits turns, as {@code cpu_relax()} does: the other CPUs go on. */
    void relax() {
        if (!canSwitch()) {
            return;
        }
        decider.begin();
        queues.addOthers(here, here);
        if (!decider.isEmpty() && follow(here, decider.choose(Choice.Kind.NEXT, here.cpu.context()))) {
            point();
        }
    }

    /** Keeps the CPU busy until {@code condition} holds, which only others can bring about. Interrupts are taken. */
    void spin(Awaited awaited) {
        if (!awaited.condition().getAsBoolean()) {
            watchdog.watch(awaited, () -> spin(new Spin(awaited.condition(), Long.MAX_VALUE)));
        }
    }

    /** Keeps the CPU busy until the clock reaches {@code untilNs}. Interrupts are taken. */
    void spinUntil(long untilNs) {
        if (!canSwitch() || isAlone(untilNs)) {
            simulation.clock().advanceTo(untilNs);
        } else {
            spin(new Spin(() -> false, untilNs));
        }
    }

    /** Whether nothing but this CPU's waiting can happen before {@code untilNs}. */
    private boolean isAlone(long untilNs) {
        if (!time.isFree(untilNs) || simulation.irqs().isDeliverable(here.cpu)) {
            return false;
        }
        for (RunQueue queue : queues) {
            if (queue != here
                    && (queue.spin != null
                            || queues.canGoOn(queue)
                            || simulation.irqs().isDeliverable(queue.cpu))) {
                return false;
            }
        }
        return true;
    }

    private void spin(Spin spin) {
        RunQueue queue = here;
        if (!inMachine) {
            throw simulation.stop("Kernel panic - not syncing: nobody is there to end a wait");
        }
        Spin outer = queue.spin;
        queue.spin = spin;
        try {
            while (!queues.isOver(spin)) {
                queues.standStill(queue);
                standStill(queue, next(queue.cpu.context()));
                if (simulation.isStopped()) {
                    throw new MachineStopped(String.valueOf(simulation.stopReason()));
                }
                if (spin.givenUp) {
                    throw simulation.gate().killCurrent("soft lockup");
                }
                queue.spin = null;
                obey(queue);
                queue.spin = spin;
            }
        } finally {
            queue.spin = outer;
        }
    }

    /** Who goes on now that {@code at} cannot; null goes to the host. */
    private @Nullable Fiber next(ExecutionContext at) {
        while (true) {
            if (closing || simulation.isStopped() || simulation.isInterrupted() || time.isReached()) {
                return null;
            }
            RunQueue queue = here;
            decider.begin();
            simulation.irqs().addOptions(queue.cpu, decider);
            queues.addOthers(queue, null);
            if (!decider.isEmpty()) {
                return prepare(decider.choose(Choice.Kind.NEXT, at));
            }
            if (!time.pass()) {
                return null;
            }
        }
    }

    /** Makes the option's CPU the one that steps. Returns where that goes on. */
    private Fiber prepare(long option) {
        RunQueue queue = queues.get(Option.cpu(option));
        here = queue;
        sliceEndNs = simulation.nowNs() + SLICE_NS;
        if (Option.kind(option) != Option.Kind.GO) {
            queue.order = option;
            return queue.current.fiber();
        }
        if (!queue.isAtRest() || simulation.softirqs().isDeliverable(queue.cpu)) {
            return queue.current.fiber();
        }
        Task task = queues.pick(queue);
        queues.give(queue, task);
        return task.fiber();
    }

    private void leave(Task from, @Nullable Fiber to) {
        if (to != from.fiber()) {
            carrier.leave(from.fiber(), to);
        }
    }

    /** Runs {@code body} without letting anything else happen, where a switch is impossible. */
    void uninterrupted(Runnable body) {
        uninterrupted++;
        try {
            body.run();
        } finally {
            uninterrupted--;
        }
    }

    /** Lets the machine run until it comes back to the host; false if it had nothing to do. */
    boolean enter() {
        Fiber first = next(here.cpu.context());
        if (first == null) {
            return false;
        }
        inMachine = true;
        carrier.enter(first);
        inMachine = false;
        return true;
    }

    /** From now on tasks are only unwound: nobody goes on. */
    void beginClosing() {
        closing = true;
    }

    /** Whether every task is being ended. */
    boolean isClosing() {
        return closing;
    }

    /** Runs {@code report} as if {@code task} had its CPU, so that what it records is told of it. */
    void as(Task task, Runnable report) {
        RunQueue before = here;
        RunQueue queue = queues.of(task);
        boolean wasAtRest = queue.isAtRest();
        here = queue;
        if (wasAtRest) {
            queue.cpu.run(task.context());
        }
        report.run();
        if (wasAtRest) {
            queue.cpu.idle();
        }
        here = before;
    }

    /** Lets a killed task run to where it notices. */
    void unwind(Task task) {
        here = queues.of(task);
        here.ready.remove(task);
        here.current = task;
        here.spin = null;
        here.cpu.run(task.context());
        here.cpu.setPreemptCount(0);
        here.cpu.setIrqsOff(false);
        inMachine = true;
        carrier.enter(task.fiber());
        inMachine = false;
    }
}
