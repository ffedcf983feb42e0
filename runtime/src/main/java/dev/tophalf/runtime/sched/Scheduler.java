package dev.tophalf.runtime.sched;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.sched.Carrier.Fiber;
import dev.tophalf.runtime.time.VirtualClock.Event;
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
 * Time moves when no CPU can go on.
 *
 * <p>This is what tasks and the host ask for; {@link Steps} has what CPUs do, {@link RunQueues} who waits for them.
 */
public final class Scheduler {
    /** The mask of a task that may run anywhere. */
    public static final int EVERY_CPU = -1;

    private static final int FIRST_PID = 100;
    private static final int LAST_TRIES = 100;

    private final Simulation simulation;
    private final Carrier carrier;
    private final Decider decider;
    private final Watchdog watchdog;
    private final Steps steps;
    private final Set<Task> tasks = new LinkedHashSet<>();
    private int nextPid = FIRST_PID;

    public Scheduler(Simulation simulation, Carrier carrier, Strategy strategy, Preemption preemption) {
        this.simulation = simulation;
        this.carrier = carrier;
        this.decider = new Decider(strategy, simulation.cpus());
        this.watchdog = new Watchdog(simulation);
        this.steps = new Steps(simulation, carrier, decider, preemption, watchdog, tasks);
    }

    /** Where choices are made. */
    public Decider decider() {
        return decider;
    }

    /** When a task may lose its CPU to another one. */
    public Preemption preemption() {
        return steps.preemption();
    }

    /** The CPU that makes the present step. */
    public Cpu cpu() {
        return steps.here().cpu;
    }

    /** The task that runs, or null while the CPU is idle. */
    public @Nullable Task current() {
        RunQueue here = steps.here();
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
        Task made = new Task(nextPid++, comm, cpu(), cpuMask, task -> carrier.create(comm, () -> run(task, body)));
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
            return steps.end(task);
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
        watchdog.watch(awaited, this::schedule);
    }

    /**
     * Gives up the CPU until somebody wakes the current task, which sleeps as {@code how} says: bits of {@link Sleep}.
     *
     * @return false if a signal speaks against it; then it has not slept
     */
    public boolean sleep(Awaited awaited, int how) {
        Task task = requireTask(awaited.what());
        task.setSleep(how);
        if (task.isSignalled()) {
            task.setSleep(Sleep.NONE);
            return false;
        }
        block(awaited);
        return true;
    }

    /** As {@link #block(Awaited)}, but for no longer than until the clock reaches {@code dueNs}. */
    public void block(Awaited awaited, long dueNs) {
        Task task = requireTask(awaited.what());
        Event timeout = simulation.clock().at(dueNs, "time-out of " + task, () -> wake(task, Sleep.NORMAL));
        task.waitFor(awaited.what(), simulation.nowNs(), true);
        try {
            watchdog.watch(awaited, this::schedule);
        } finally {
            timeout.cancel();
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
        SleepObserver observer = null;
        if (task.sleep() == Sleep.NONE) {
            steps.queues().enqueueAgain(task, steps.here());
        } else {
            watchdog.blocked(task);
            observer = task.sleepObserver();
        }
        if (observer != null) {
            observer.sleeps();
        }
        steps.giveUp(task);
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
        decider.add(Option.yesOrNo(cpu(), false));
        decider.add(Option.yesOrNo(cpu(), true));
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
        Task task = current();
        if (task == null || cpu().depth() > 1) {
            throw simulation.stop("Kernel panic - not syncing: scheduling in interrupt, waiting for " + what);
        }
        if (steps.isUninterrupted()) {
            throw simulation.stop("Kernel panic - not syncing: scheduling while a class is set up");
        }
        return task;
    }

    static void throwIfKilled(Task task) {
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
        RunQueues queues = steps.queues();
        if (queues.of(task).current != task && !task.isQueued()) {
            queues.enqueue(task);
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

    /** Says on which CPUs a task may run. It leaves any other at once; one that it runs on, when it next loses it. */
    public void allow(Task task, int cpuMask) {
        task.setCpuMask(cpuMask);
        RunQueues queues = steps.queues();
        RunQueue queue = queues.of(task);
        if (RunQueues.isAllowed(task, queue)) {
            return;
        }
        if (task == current()) {
            giveWay();
        } else if (task.isQueued()) {
            queue.ready.remove(task);
            queues.enqueue(task);
        }
    }

    /** Marks a task to end: it never runs driver code again. */
    public void kill(Task task) {
        task.kill();
    }

    // What a CPU does.

    /** A place where something else may happen before what runs goes on. */
    public void point() {
        steps.point();
    }

    /** At a call that might sleep: other tasks of this CPU get a turn if the preemption model lets them. */
    public void mightSleep() {
        steps.mightSleep();
    }

    /** Where a loop asks whether others want the CPU, as {@code cond_resched()} does: they get it. */
    public void offer() {
        RunQueue here = steps.here();
        here.sinceNs = simulation.nowNs();
        if (steps.canSwitch() && RunQueues.isPreemptible(here) && !here.ready.isEmpty()) {
            giveWay();
        } else {
            steps.relax();
        }
    }

    /** Where a loop that waits turns, as {@code cpu_relax()} does: the other CPUs go on. */
    public void relax() {
        steps.relax();
    }

    /** Keeps the CPU busy until what is awaited is there, which only others can bring about. Interrupts are taken. */
    public void spin(Awaited awaited) {
        steps.spin(awaited);
    }

    /** Keeps the CPU busy until the clock reaches {@code untilNs}. Interrupts are taken. */
    public void spinUntil(long untilNs) {
        steps.spinUntil(untilNs);
    }

    /** Runs {@code body} without letting anything else happen, where a switch is impossible. */
    public void uninterrupted(Runnable body) {
        steps.uninterrupted(body);
    }

    /**
     * Says what to do when nothing can happen any more, however much time passes; it tells whether it made something
     * happen.
     */
    public void setWhenQuiet(BooleanSupplier action) {
        steps.time().setWhenQuiet(action);
    }

    // What the host does.

    /** Runs the machine until {@code task} has ended; false if it still waits when the clock reaches {@code limitNs}. */
    public boolean run(Task task, long limitNs) {
        steps.time().aim(false, limitNs, task::isDone);
        while (!task.isDone()) {
            if (simulation.takeInterrupt()) {
                kill(task);
                wake(task, -1);
            }
            if (!steps.enter()) {
                if (!simulation.isStopped()) {
                    watchdog.reportStuck(task, limitNs);
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
        steps.time().aim(true, limitNs, () -> simulation.nowNs() > limitNs);
        while (!simulation.takeInterrupt() && steps.enter()) {
            // until nothing is left
        }
    }

    /** Runs the machine until the clock reaches {@code untilNs}. */
    public void runUntil(long untilNs) {
        steps.time().aim(false, untilNs, () -> simulation.nowNs() > untilNs);
        while (steps.enter()) {
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

    /** Ends every task, running nothing of a driver but what unwinding runs. */
    public void close() {
        steps.beginClosing();
        Collection<Task> left = new ArrayList<>(tasks);
        steps.queues().forEach(queue -> left.add(queue.idle));
        for (Task task : left) {
            task.kill();
            for (int tries = 0; tries < LAST_TRIES && task.isStarted() && !task.isDone(); tries++) {
                steps.unwind(task);
            }
        }
        tasks.clear();
    }

    /** Whether every task is being ended. */
    public boolean isClosing() {
        return steps.isClosing();
    }

    /** Runs {@code report} as if {@code task} had its CPU, so that what it records is told of it. */
    void as(Task task, Runnable report) {
        steps.as(task, report);
    }
}
