package dev.tophalf.runtime.sched;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.sched.RunQueue.Spin;
import dev.tophalf.runtime.trace.Switched;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which task waits for which CPU, and which CPU could go on. */
final class RunQueues implements Iterable<RunQueue> {
    private final Simulation simulation;
    private final Decider decider;
    private final List<RunQueue> queues = new ArrayList<>();
    private long turns;

    /** One queue for each CPU, with the idle task that {@code idlers} makes for it. */
    RunQueues(Simulation simulation, Decider decider, Function<RunQueue, Task> idlers) {
        this.simulation = simulation;
        this.decider = decider;
        simulation.cpus().forEach(cpu -> queues.add(new RunQueue(cpu, idlers)));
    }

    @Override
    public Iterator<RunQueue> iterator() {
        return queues.iterator();
    }

    int size() {
        return queues.size();
    }

    /** That of the CPU of that number. */
    RunQueue get(int cpu) {
        return queues.get(cpu);
    }

    /** That of the CPU where {@code task} runs, or ran last. */
    RunQueue of(Task task) {
        return queues.get(task.cpu().number());
    }

    /** Notes that what a CPU runs stands still from now on. */
    void standStill(RunQueue queue) {
        queue.turn = turns++;
    }

    /** Makes a task that is woken wait for a CPU. */
    void enqueue(Task task) {
        enqueue(task, queueFor(task));
    }

    private void enqueue(Task task, RunQueue queue) {
        task.setQueued(true);
        task.setTurn(turns++);
        task.setCpu(queue.cpu);
        queue.ready.add(task);
    }

    /** Leaves a task where it ran, unless it may not run there any more. */
    void enqueueAgain(Task task, RunQueue queue) {
        enqueue(task, isAllowed(task, queue) ? queue : queueFor(task));
    }

    /** Where a task that wakes up is to run: where it was, unless only another CPU is idle. */
    private RunQueue queueFor(Task task) {
        RunQueue best = null;
        RunQueue last = of(task);
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
        return queues.get(
                Option.cpu(decider.choose(Choice.Kind.CPU, simulation.cpu().context())));
    }

    private static boolean isFree(RunQueue queue) {
        return queue.isAtRest() && queue.ready.isEmpty();
    }

    /** Whether a task may run on a queue's CPU. */
    static boolean isAllowed(Task task, RunQueue queue) {
        return (task.cpuMask() & 1 << queue.cpu.number()) != 0;
    }

    /** Whether the task that has a CPU may lose it. */
    static boolean isPreemptible(RunQueue queue) {
        Cpu cpu = queue.cpu;
        return !queue.isIdle() && cpu.depth() == 1 && cpu.preemptCount() == 0 && !cpu.irqsOff();
    }

    /** Whether somebody who spins can go on. */
    boolean isOver(Spin spin) {
        return spin.givenUp || simulation.nowNs() >= spin.untilNs || spin.condition.getAsBoolean();
    }

    /** Whether a CPU has something to go on with, interrupts aside. */
    boolean canGoOn(RunQueue queue) {
        if (queue.isAtRest()) {
            return !queue.ready.isEmpty() || simulation.softirqs().isDeliverable(queue.cpu);
        }
        Spin spin = queue.spin;
        return spin == null || isOver(spin);
    }

    /**
     * Adds to the options the interrupts of the CPUs other than {@code here}, and whatever CPU but {@code me} can go on,
     * first come first served.
     */
    void addOthers(RunQueue here, @Nullable RunQueue me) {
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

    /** The task that is to have a CPU that nobody has. */
    Task pick(RunQueue queue) {
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
    void give(RunQueue queue, Task task) {
        queue.ready.remove(task);
        task.setQueued(false);
        task.setRunning(true);
        queue.current = task;
        queue.sinceNs = simulation.nowNs();
        queue.cpu.run(task.context());
        queue.cpu.setPreemptCount(task.savedPreemptCount());
        queue.cpu.setIrqsOff(task.savedIrqsOff());
        simulation.record(new Switched(task.toString()));
    }

    /** Takes a CPU from the task that has it. */
    static void rest(RunQueue queue) {
        queue.current.save(queue.cpu.preemptCount(), queue.cpu.irqsOff());
        queue.current.setRunning(false);
        queue.current = queue.idle;
        queue.cpu.idle();
        queue.cpu.setPreemptCount(0);
        queue.cpu.setIrqsOff(false);
    }
}
