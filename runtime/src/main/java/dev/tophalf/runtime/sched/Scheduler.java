package dev.tophalf.runtime.sched;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.sched.Carrier.Fiber;
import dev.tophalf.runtime.sched.RunQueue.Spin;
import dev.tophalf.runtime.time.VirtualClock.Event;
import dev.tophalf.runtime.trace.Switched;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who runs when. All CPUs run at once, one step of one of them at a time: before each call of a driver the
 * {@link Decider} says whether it goes on, takes an interrupt, loses its CPU, or stands still while another CPU goes on.
 *
 * <p>By default a CPU goes on until it cannot, then the next one does, and a task that gets a CPU keeps it until it
 * gives it up; but a CPU that was busy for a millisecond lets the others catch up, as all of them really run at once.
 *
 * <p>Whoever cannot go on picks who does, on his own stack; there is no task for it. Time moves when no CPU can go on.
 */
public final class Scheduler {
    /** The mask of a task that may run anywhere. */
    public static final int EVERY_CPU = -1;

    private static final int FIRST_PID = 100;

    /** So long a CPU is busy before the others catch up, if nothing else decides. */
    private static final long SLICE_NS = 1_000_000;

    private static final int LAST_TRIES = 100;

    private final Simulation simulation;
    private final Carrier carrier;
    private final Decider decider;
    private final Preemption preemption;
    private final Watchdog watchdog;
    private final List<RunQueue> queues = new ArrayList<>();
    private final Set<Task> tasks = new LinkedHashSet<>();
    private RunQueue here;
    private long sliceEndNs = SLICE_NS;
    private int nextPid = FIRST_PID;
    private long turns;
    private int uninterrupted;
    private boolean inMachine;
    private boolean closing;
    private BooleanSupplier goal = () -> false;
    private BooleanSupplier whenQuiet = () -> false;
    private boolean stirred;
    private long limitNs;
    private boolean settles;

    public Scheduler(Simulation simulation, Carrier carrier, Strategy strategy, Preemption preemption) {
        this.simulation = simulation;
        this.carrier = carrier;
        this.decider = new Decider(strategy, simulation.cpus());
        this.preemption = preemption;
        this.watchdog = new Watchdog(simulation);
        for (Cpu cpu : simulation.cpus()) {
            queues.add(new RunQueue(cpu, queue -> new Task(cpu, task -> carrier.create("swapper", () -> idle(queue)))));
        }
        this.here = queues.get(0);
    }

    /** Where choices are made. */
    public Decider decider() {
        return decider;
    }

    /** When a task may lose its CPU to another one. */
    public Preemption preemption() {
        return preemption;
    }

    /** The CPU that makes the present step. */
    public Cpu cpu() {
        return here.cpu;
    }

    /** The task that runs, or null while the CPU is idle. */
    public @Nullable Task current() {
        return here.isIdle() ? null : here.current;
    }

    /** All tasks that have not ended, oldest first; the idle ones do not count. */
    public List<Task> tasks() {
        return List.copyOf(tasks);
    }

    /** Makes a task that may run on every CPU, ready to run. */
    public Task spawn(String comm, Runnable body) {
        return spawn(comm, EVERY_CPU, body);
    }

    /** Makes a task that may run on the CPUs of {@code cpuMask}, bit 0 for CPU 0, ready to run. */
    public Task spawn(String comm, int cpuMask, Runnable body) {
        Task task = create(comm, cpuMask, body);
        wake(task, Sleep.NEW);
        return task;
    }

    /** Makes a task that does not run before somebody wakes it from {@link Sleep#NEW}. */
    public Task create(String comm, int cpuMask, Runnable body) {
        Task made = new Task(nextPid++, comm, here.cpu, cpuMask, task -> carrier.create(comm, () -> run(task, body)));
        made.setSleep(Sleep.NEW | Sleep.UNINTERRUPTIBLE);
        tasks.add(made);
        return made;
    }

    private @Nullable Fiber run(Task task, Runnable body) {
        task.setStarted();
        return simulation.bound(() -> {
            simulation.guard(() -> {
                if (task.isKilled()) {
                    throw new Killed();
                }
                body.run();
            });
            task.setDone();
            tasks.remove(task);
            rest();
            return next(task.context());
        });
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

    // What a task does.

    /** Gives up the CPU until somebody wakes the current task; {@code what} says what it waits for. */
    public void block(String what) {
        Task task = requireTask(what);
        task.setSleep(Sleep.UNINTERRUPTIBLE);
        task.waitFor(what, simulation.nowNs(), false);
        schedule();
    }

    /**
     * Gives up the CPU until somebody wakes the current task, or a signal does, unless it has been woken since it said
     * how it sleeps. Who waits for who waits for him is told so.
     */
    public void block(Awaited awaited) {
        Task task = requireTask(awaited.what());
        task.waitFor(awaited.what(), simulation.nowNs(), false);
        waiting(awaited, this::schedule);
    }

    /** As {@link #block(Awaited)}, but for no longer than until the clock reaches {@code dueNs}. */
    public void block(Awaited awaited, long dueNs) {
        Task task = requireTask(awaited.what());
        Event timeout = simulation.clock().at(dueNs, "time-out of " + task, () -> wake(task, Sleep.NORMAL));
        task.waitFor(awaited.what(), simulation.nowNs(), true);
        try {
            waiting(awaited, this::schedule);
        } finally {
            timeout.cancel();
        }
    }

    private void waiting(Awaited awaited, Runnable wait) {
        ExecutionContext context = here.cpu.context();
        context.setAwaited(awaited);
        watchdog.lookForCycle(context);
        try {
            wait.run();
        } finally {
            context.setAwaited(null);
        }
    }

    /**
     * Gives up the CPU: for good if the current task said that it sleeps ({@link Task#setSleep}) and no signal speaks
     * against it, else until its next turn.
     */
    public void schedule() {
        Task task = requireTask("its turn");
        if (task.isSignalled() || wakesByItself(task)) {
            task.setSleep(Sleep.NONE);
        }
        RunQueue queue = here;
        if (task.sleep() == Sleep.NONE) {
            enqueueAgain(task, queue);
        } else {
            watchdog.blocked(task);
        }
        SleepObserver observer = task.sleep() == Sleep.NONE ? null : task.sleepObserver();
        if (observer != null) {
            observer.sleeps();
        }
        rest();
        leave(task, next(task.context()));
        task.waitFor("", 0, false);
        throwIfKilled(task);
        if (observer != null) {
            observer.wakes();
        }
    }

    private boolean wakesByItself(Task task) {
        boolean canWait = task.sleep() != Sleep.NONE && (task.sleep() & Sleep.NOLOAD) == 0;
        if (decider.isDefault() || !canWait) {
            return false;
        }
        decider.begin();
        decider.add(Option.yesOrNo(here.cpu, false));
        decider.add(Option.yesOrNo(here.cpu, true));
        long taken = decider.choose(Choice.Kind.SPURIOUS_WAKEUP, task.context());
        return Option.kind(taken) == Option.Kind.YES;
    }

    /** Lets the other tasks of this CPU have a turn, and the other CPUs go on. */
    public void giveWay() {
        requireTask("its turn").setSleep(Sleep.NONE);
        schedule();
    }

    /** Gives up the CPU until the clock reaches {@code dueNs}. */
    public void sleepUntil(long dueNs) {
        Task task = requireTask("time");
        simulation.clock().at(dueNs, "wake-up of " + task, () -> wake(task, Sleep.NORMAL));
        while (simulation.nowNs() < dueNs) {
            task.setSleep(Sleep.UNINTERRUPTIBLE);
            task.waitFor("time", simulation.nowNs(), true);
            schedule();
        }
    }

    private Task requireTask(String what) {
        if (here.isIdle() || here.cpu.depth() > 1) {
            throw simulation.stop("Kernel panic - not syncing: scheduling in interrupt, waiting for " + what);
        }
        if (uninterrupted > 0) {
            throw simulation.stop("Kernel panic - not syncing: scheduling while a class is set up");
        }
        return here.current;
    }

    private static void throwIfKilled(Task task) {
        if (task.isKilled()) {
            throw new Killed();
        }
    }

    /** Makes a task runnable that sleeps in an ordinary way; false if it does not. */
    public boolean wake(Task task) {
        return wake(task, Sleep.NORMAL);
    }

    /** Makes a task runnable if it sleeps, or is about to, in one of the ways of {@code how}; false if not. */
    public boolean wake(Task task, int how) {
        if ((task.sleep() & how) == 0 || task.isDone()) {
            return false;
        }
        task.setSleep(Sleep.NONE);
        RunQueue last = queues.get(task.cpu().number());
        if (last.current != task && !task.isQueued()) {
            enqueue(task, queueFor(task));
        }
        return true;
    }

    /** Sends a signal, which wakes a task from a sleep that it can end. */
    public void signal(Task task, int number) {
        task.addSignal(number);
        if (task.isSignalled()) {
            wake(task, task.sleep());
        }
    }

    private void enqueue(Task task, RunQueue queue) {
        task.setQueued(true);
        task.setTurn(turns++);
        task.setCpu(queue.cpu);
        queue.ready.add(task);
    }

    /** Leaves a task where it ran, unless it may not run there any more. */
    private void enqueueAgain(Task task, RunQueue queue) {
        enqueue(task, isAllowed(task, queue) ? queue : queueFor(task));
    }

    /** Says on which CPUs a task may run. It leaves any other at once; one that it runs on, when it next loses it. */
    public void allow(Task task, int cpuMask) {
        task.setCpuMask(cpuMask);
        RunQueue queue = queues.get(task.cpu().number());
        if (isAllowed(task, queue)) {
            return;
        }
        if (task == current()) {
            giveWay();
        } else if (task.isQueued()) {
            queue.ready.remove(task);
            enqueue(task, queueFor(task));
        }
    }

    /** Where a task that wakes up is to run: where it was, unless only another CPU is idle. */
    private RunQueue queueFor(Task task) {
        RunQueue best = null;
        RunQueue last = queues.get(task.cpu().number());
        if (isAllowed(task, last) && isFree(last)) {
            best = last;
        }
        for (RunQueue queue : queues) {
            if (best == null && isAllowed(task, queue) && isFree(queue)) {
                best = queue;
            }
        }
        if (best == null && isAllowed(task, last)) {
            best = last;
        }
        decider.begin();
        if (best != null) {
            decider.add(Option.go(best.cpu));
        }
        for (RunQueue queue : queues) {
            if (queue != best && isAllowed(task, queue)) {
                decider.add(Option.go(queue.cpu));
            }
        }
        if (decider.isEmpty()) {
            return queues.get(0);
        }
        return queues.get(Option.cpu(decider.choose(Choice.Kind.CPU, here.cpu.context())));
    }

    private static boolean isFree(RunQueue queue) {
        return queue.isAtRest() && queue.ready.isEmpty();
    }

    private static boolean isAllowed(Task task, RunQueue queue) {
        return (task.cpuMask() & 1 << queue.cpu.number()) != 0;
    }

    /** Marks a task to end: it never runs driver code again. */
    public void kill(Task task) {
        task.kill();
    }

    // What a CPU does.

    /** A place where something else may happen before what runs goes on. */
    public void point() {
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
            addOthers(queue);
        }
        decider.add(Option.go(queue.cpu));
        if (!catchUp) {
            addOthers(queue);
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
        if (next != null && preemption == Preemption.FULL && isPreemptible(queue)) {
            decider.add(Option.task(queue.cpu, next));
        }
    }

    private static boolean isPreemptible(RunQueue queue) {
        Cpu cpu = queue.cpu;
        return !queue.isIdle() && cpu.depth() == 1 && cpu.preemptCount() == 0 && !cpu.irqsOff();
    }

    /** Does what was decided; true if this CPU took an interrupt, so that it has to be decided again. */
    private boolean follow(RunQueue queue, long option) {
        Option.Kind kind = Option.kind(option);
        if (kind == Option.Kind.TASK) {
            preempt(queue);
        } else if (Option.cpu(option) != queue.cpu.number()) {
            queue.turn = turns++;
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
        throwIfKilled(queue.current);
    }

    private void preempt(RunQueue queue) {
        Task task = queue.current;
        enqueueAgain(task, queue);
        rest();
        Task next = queue.ready.element();
        leave(task, give(queue, next));
        throwIfKilled(task);
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
    public void mightSleep() {
        RunQueue queue = here;
        Task next = queue.ready.peek();
        boolean mayLose = preemption == Preemption.VOLUNTARY && inMachine && uninterrupted == 0;
        if (next != null && mayLose && isPreemptible(queue)) {
            decider.begin();
            decider.add(Option.go(queue.cpu));
            decider.add(Option.task(queue.cpu, next));
            follow(queue, decider.choose(Choice.Kind.POINT, queue.cpu.context()));
        }
    }

    /** Where a loop asks whether others want the CPU, as {@code cond_resched()} does: they get it. */
    public void offer() {
        here.sinceNs = simulation.nowNs();
        if (inMachine && uninterrupted == 0 && isPreemptible(here) && !here.ready.isEmpty()) {
            giveWay();
        } else {
            relax();
        }
    }

    /** Where a loop that waits turns, as {@code cpu_relax()} does: the other CPUs go on. */
    public void relax() {
        if (!inMachine || uninterrupted > 0) {
            return;
        }
        decider.begin();
        addOthers(here);
        if (!decider.isEmpty() && follow(here, decider.choose(Choice.Kind.NEXT, here.cpu.context()))) {
            point();
        }
    }

    /** Keeps the CPU busy until {@code condition} holds, which only others can bring about. Interrupts are taken. */
    public void spin(Awaited awaited) {
        if (!awaited.condition().getAsBoolean()) {
            waiting(awaited, () -> spin(new Spin(awaited.condition(), Long.MAX_VALUE)));
        }
    }

    /** Keeps the CPU busy until the clock reaches {@code untilNs}. Interrupts are taken. */
    public void spinUntil(long untilNs) {
        if (!inMachine || uninterrupted > 0 || isAlone(untilNs)) {
            simulation.clock().advanceTo(untilNs);
        } else {
            spin(new Spin(() -> false, untilNs));
        }
    }

    /** Whether nothing but this CPU's waiting can happen before {@code untilNs}. */
    private boolean isAlone(long untilNs) {
        if (simulation.clock().nextDueNs() <= untilNs
                || untilNs > limitNs
                || simulation.irqs().isDeliverable(here.cpu)) {
            return false;
        }
        for (RunQueue queue : queues) {
            if (queue != here
                    && (queue.spin != null
                            || canGoOn(queue)
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
            while (!isOver(spin)) {
                queue.turn = turns++;
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

    private boolean isOver(Spin spin) {
        return spin.givenUp || simulation.nowNs() >= spin.untilNs || spin.condition.getAsBoolean();
    }

    private boolean canGoOn(RunQueue queue) {
        if (queue.isAtRest()) {
            return !queue.ready.isEmpty() || simulation.softirqs().isDeliverable(queue.cpu);
        }
        Spin spin = queue.spin;
        return spin == null || isOver(spin);
    }

    /** Adds the interrupts of the other CPUs and whatever CPU but {@code me} can go on, first come first served. */
    private void addOthers(@Nullable RunQueue me) {
        RunQueue first = null;
        for (RunQueue queue : queues) {
            if (queue != here) {
                simulation.irqs().addOptions(queue.cpu, decider);
            }
            queue.isOffered = queue != me && canGoOn(queue);
            if (queue.isOffered && (first == null || queue.turn() < first.turn())) {
                first = queue;
            }
        }
        if (first != null) {
            decider.add(Option.go(first.cpu));
            for (RunQueue queue : queues) {
                if (queue.isOffered && queue != first) {
                    decider.add(Option.go(queue.cpu));
                }
            }
        }
    }

    /** Nobody has this CPU any more. */
    private void rest() {
        RunQueue queue = here;
        queue.current.save(queue.cpu.preemptCount(), queue.cpu.irqsOff());
        queue.current.setRunning(false);
        queue.current = queue.idle;
        queue.cpu.idle();
        queue.cpu.setPreemptCount(0);
        queue.cpu.setIrqsOff(false);
    }

    /** Who goes on now that {@code at} cannot; null goes to the host. */
    private @Nullable Fiber next(ExecutionContext at) {
        while (true) {
            if (closing || simulation.isStopped() || simulation.isInterrupted() || goal.getAsBoolean()) {
                return null;
            }
            RunQueue queue = here;
            decider.begin();
            simulation.irqs().addOptions(queue.cpu, decider);
            addOthers(null);
            if (!decider.isEmpty()) {
                return prepare(decider.choose(Choice.Kind.NEXT, at));
            }
            if (!passTime() && !isStirred()) {
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
        return give(queue, pick(queue));
    }

    private Task pick(RunQueue queue) {
        if (decider.isDefault() || queue.ready.size() == 1) {
            return queue.ready.element();
        }
        decider.begin();
        queue.ready.forEach(task -> decider.add(Option.task(queue.cpu, task)));
        int pid = Option.number(decider.choose(Choice.Kind.TASK, queue.cpu.context()));
        return queue.ready.stream()
                .filter(task -> task.pid() == pid)
                .findFirst()
                .orElseThrow();
    }

    /** Gives a CPU that nobody has to one of its tasks. */
    private Fiber give(RunQueue queue, Task task) {
        queue.ready.remove(task);
        task.setQueued(false);
        task.setRunning(true);
        queue.current = task;
        queue.sinceNs = simulation.nowNs();
        queue.cpu.run(task.context());
        queue.cpu.setPreemptCount(task.savedPreemptCount());
        queue.cpu.setIrqsOff(task.savedIrqsOff());
        simulation.record(new Switched(task.toString()));
        return task.fiber();
    }

    private void leave(Task from, @Nullable Fiber to) {
        if (to != from.fiber()) {
            carrier.leave(from.fiber(), to);
        }
    }

    /**
     * Says what to do when nothing can happen any more, however much time passes; it tells whether it made something
     * happen.
     */
    public void setWhenQuiet(BooleanSupplier action) {
        whenQuiet = action;
    }

    /** Whether there is something to do after all, which is asked once each time that the host lets the machine run. */
    private boolean isStirred() {
        boolean isQuiet = simulation.clock().nextDueNs() == Long.MAX_VALUE
                && queues.stream().allMatch(queue -> queue.spin == null);
        if (stirred || !isQuiet) {
            return false;
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

    /** Runs {@code body} without letting anything else happen, where a switch is impossible. */
    public void uninterrupted(Runnable body) {
        uninterrupted++;
        try {
            body.run();
        } finally {
            uninterrupted--;
        }
    }

    // What the host does.

    /** Runs the machine until {@code task} has ended; false if it still waits when the clock reaches {@code limitNs}. */
    public boolean run(Task task, long limitNs) {
        aim(false, limitNs, task::isDone);
        while (!task.isDone()) {
            if (simulation.takeInterrupt()) {
                kill(task);
                wake(task, -1);
            }
            if (!enter()) {
                if (!simulation.isStopped()) {
                    watchdog.reportStuck(task);
                }
                return false;
            }
        }
        return true;
    }

    /**
     * Runs the machine until all tasks wait for something other than time and no CPU's timer is set, or the clock has
     * passed {@code limitNs}.
     */
    public void settle(long limitNs) {
        aim(true, limitNs, () -> simulation.nowNs() > limitNs);
        while (!simulation.takeInterrupt() && enter()) {
            // until nothing is left
        }
    }

    /** Runs the machine until the clock reaches {@code untilNs}. */
    public void runUntil(long untilNs) {
        aim(false, untilNs, () -> simulation.nowNs() > untilNs);
        while (enter()) {
            if (simulation.takeInterrupt()) {
                return;
            }
        }
        if (!simulation.isStopped()) {
            watchdog.checkHung(untilNs);
            simulation.clock().advanceTo(untilNs);
            settle(untilNs);
        }
    }

    private void aim(boolean newSettles, long newLimitNs, BooleanSupplier newGoal) {
        settles = newSettles;
        limitNs = newLimitNs;
        goal = newGoal;
        stirred = false;
    }

    /** Lets the machine run until it comes back to the host; false if it had nothing to do. */
    private boolean enter() {
        Fiber first = next(here.cpu.context());
        if (first == null) {
            return false;
        }
        inMachine = true;
        carrier.enter(first);
        inMachine = false;
        return true;
    }

    /** Ends every task, running nothing of a driver but what unwinding runs. */
    public void close() {
        closing = true;
        Collection<Task> left = new ArrayList<>(tasks);
        queues.forEach(queue -> left.add(queue.idle));
        for (Task task : left) {
            task.kill();
            for (int tries = 0; tries < LAST_TRIES && task.isStarted() && !task.isDone(); tries++) {
                unwind(task);
            }
        }
        tasks.clear();
    }

    /** Whether every task is being ended. */
    public boolean isClosing() {
        return closing;
    }

    /** Runs {@code report} as if {@code task} had its CPU, so that what it records is told of it. */
    void as(Task task, Runnable report) {
        RunQueue before = here;
        RunQueue queue = queues.get(task.cpu().number());
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

    /** The task that has a CPU, the idle one if nobody has. */
    Task taskOn(Cpu cpu) {
        return queues.get(cpu.number()).current;
    }

    private void unwind(Task task) {
        here = queues.get(task.cpu().number());
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
