package dev.tophalf.runtime.sched;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.sched.Task.State;
import dev.tophalf.runtime.trace.Switched;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which task runs: first come, first served, and none loses the CPU before it gives it up.
 *
 * <p>The thread that calls {@link #run} plays the idle loop. Time moves on when nothing else can happen.
 */
public final class Scheduler {
    /** The mask of a task that may run anywhere. */
    public static final int EVERY_CPU = -1;

    private static final int FIRST_PID = 100;

    private final Simulation simulation;
    private final Carrier carrier;
    private final Deque<Task> runnable = new ArrayDeque<>();
    private final List<Task> tasks = new ArrayList<>();
    private @Nullable Task current;
    private int nextPid = FIRST_PID;

    public Scheduler(Simulation simulation, Carrier carrier) {
        this.simulation = simulation;
        this.carrier = carrier;
    }

    /** The task that runs, or null while the CPU is idle. */
    public @Nullable Task current() {
        return current;
    }

    /** All tasks that have not ended, oldest first. */
    public List<Task> tasks() {
        return List.copyOf(tasks);
    }

    /** Makes a task that may run on every CPU, ready to run. */
    public Task spawn(String comm, Runnable body) {
        return spawn(comm, EVERY_CPU, body);
    }

    /** Makes a task that may run on the CPUs of {@code cpuMask}, bit 0 for CPU 0, ready to run. */
    @SuppressWarnings("UnusedVariable") // all tasks run on CPU 0 so far
    public Task spawn(String comm, int cpuMask, Runnable body) {
        Task task = new Task(nextPid++, comm, carrier, () -> simulation.runAs(body));
        tasks.add(task);
        runnable.add(task);
        return task;
    }

    /** Gives up the CPU until somebody wakes the current task; {@code what} says what it waits for. */
    public void block(String what) {
        block(what, false);
    }

    private void block(String what, boolean onlyTime) {
        Task task = requireTask(what);
        task.waitFor(what, onlyTime);
        task.setState(State.BLOCKED);
        suspend(task);
    }

    private void suspend(Task task) {
        task.coroutine().suspend();
        if (task.isKilled()) {
            throw new Killed();
        }
    }

    private Task requireTask(String what) {
        if (current == null || simulation.cpu().depth() > 1) {
            throw simulation.stop("Kernel panic - not syncing: scheduling in interrupt, waiting for " + what);
        }
        return current;
    }

    /** Makes a blocked task runnable; false if it was not blocked. */
    public boolean wake(Task task) {
        if (task.state() != State.BLOCKED) {
            return false;
        }
        task.setState(State.RUNNABLE);
        runnable.add(task);
        return true;
    }

    /** Gives up the CPU until the clock reaches {@code dueNs}. */
    public void sleepUntil(long dueNs) {
        Task task = requireTask("time");
        simulation.clock().at(dueNs, "wake-up of " + task, () -> wake(task));
        block("time", true);
    }

    /** Marks a task to end: it never runs driver code again. */
    public void kill(Task task) {
        task.kill();
    }

    /** Runs the machine until {@code task} has ended; false if it still waits when the clock reaches {@code limitNs}. */
    public boolean run(Task task, long limitNs) {
        while (task.state() != State.DONE) {
            if (simulation.takeInterrupt()) {
                kill(task);
                wake(task);
            }
            if (!step(limitNs)) {
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
        boolean going = true;
        while (going && simulation.nowNs() <= limitNs && hasWorkSoon()) {
            going = step(limitNs) && !simulation.takeInterrupt();
        }
    }

    /** Runs the machine until the clock reaches {@code untilNs}. */
    public void runUntil(long untilNs) {
        boolean going = true;
        while (going && simulation.nowNs() <= untilNs) {
            going = step(untilNs);
            if (simulation.takeInterrupt()) {
                return;
            }
        }
        simulation.clock().advanceTo(untilNs);
        settle(untilNs);
    }

    private boolean hasWorkSoon() {
        return !runnable.isEmpty()
                || simulation.irqs().isDeliverable(simulation.cpu())
                || simulation.softirqs().isDeliverable(simulation.cpu())
                || simulation.irqs().localTimer().isSet()
                || tasks.stream().anyMatch(Task::isSleeping);
    }

    /** Lets one thing happen: an interrupt, a softirq, a task's turn, or the passing of time up to {@code limitNs}. */
    private boolean step(long limitNs) {
        if (simulation.isStopped()) {
            return false;
        }
        Cpu cpu = simulation.cpu();
        if (simulation.irqs().isDeliverable(cpu)) {
            simulation.guard(() -> simulation.irqs().deliverAll(cpu));
            return true;
        }
        if (simulation.softirqs().isDeliverable(cpu)) {
            simulation.guard(() -> simulation.softirqs().serve(cpu));
            return true;
        }
        Task next = runnable.poll();
        if (next != null) {
            switchTo(cpu, next);
            return true;
        }
        return simulation.clock().nextDueNs() <= limitNs && simulation.clock().advanceToNext();
    }

    private void switchTo(Cpu cpu, Task task) {
        int idleCount = cpu.preemptCount();
        boolean idleIrqsOff = cpu.irqsOff();
        current = task;
        task.waitFor("", false);
        task.setState(State.RUNNING);
        cpu.run(task.context());
        cpu.setPreemptCount(task.savedPreemptCount());
        cpu.setIrqsOff(task.savedIrqsOff());
        simulation.record(new Switched(task.toString()));
        task.coroutine().resume();
        task.save(cpu.preemptCount(), cpu.irqsOff());
        cpu.setPreemptCount(idleCount);
        cpu.setIrqsOff(idleIrqsOff);
        cpu.idle();
        current = null;
        if (task.coroutine().isDone()) {
            task.setState(State.DONE);
            tasks.remove(task);
        }
    }

    /** Lets the current task wait for its next turn. */
    public void giveWay() {
        Task task = requireTask("its turn");
        task.setState(State.RUNNABLE);
        runnable.add(task);
        suspend(task);
    }

    /** Ends every task, running nothing of a driver but what unwinding runs. */
    public void close() {
        for (Task task : List.copyOf(tasks)) {
            task.kill();
            if (task.state() == State.BLOCKED || task.state() == State.RUNNABLE) {
                runnable.remove(task);
                switchTo(simulation.cpu(), task);
            }
        }
    }
}
