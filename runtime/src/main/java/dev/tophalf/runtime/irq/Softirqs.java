package dev.tophalf.runtime.irq;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.sched.Task;
import dev.tophalf.runtime.sched.Task.State;
import dev.tophalf.runtime.sched.WaitQueue;
import dev.tophalf.runtime.trace.SoftirqTaken;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Deferred work that runs with interrupts on, on the stack of whom it interrupts ({@code kernel/softirq.c}).
 *
 * <p>A vector that was raised is served at the end of the outermost hard irq, or when bottom halves are let in again.
 * What is raised outside of all that, or again and again, is left to the CPU's ksoftirqd, so that tasks get a turn.
 */
public final class Softirqs {
    /** So often a CPU looks again for what was raised meanwhile: {@code MAX_SOFTIRQ_RESTART}. */
    private static final int MAX_RESTART = 10;

    /** And for so long: {@code MAX_SOFTIRQ_TIME}. */
    private static final long MAX_NS = 2_000_000;

    /** What a look costs, so that vectors that raise themselves for ever do not stop the clock. */
    private static final long LOOK_NS = 1_000;

    private final Simulation simulation;
    private final Map<Softirq, Runnable> actions = new EnumMap<>(Softirq.class);
    private final List<Local> locals = new ArrayList<>();

    public Softirqs(Simulation simulation) {
        this.simulation = simulation;
        simulation.cpus().forEach(cpu -> locals.add(new Local(cpu)));
    }

    /** The softirqs of one CPU. */
    private final class Local {
        final Cpu cpu;
        final WaitQueue waiting = new WaitQueue(simulation.scheduler());
        final long[] counts = new long[Softirq.values().length];
        int pending;

        @Nullable
        Task daemon;

        Local(Cpu cpu) {
            this.cpu = cpu;
        }

        boolean isHandedOver() {
            return daemon != null && daemon.state() != State.BLOCKED;
        }

        void handOver() {
            if (daemon == null) {
                daemon = simulation.scheduler().spawn("ksoftirqd/" + cpu.number(), 1 << cpu.number(), this::loop);
            }
            waiting.wakeAll();
        }

        private void loop() {
            try {
                while (true) {
                    waiting.awaitIdle("softirqs", () -> pending != 0);
                    serve();
                    simulation.spend(LOOK_NS);
                    simulation.scheduler().giveWay();
                }
            } finally {
                daemon = null;
            }
        }

        /** Serves what is pending, and what that raises, within limits. */
        void serve() {
            int countBefore = cpu.preemptCount();
            boolean irqsOffBefore = cpu.irqsOff();
            long endNs = simulation.nowNs() + MAX_NS;
            cpu.addPreemptCount(Cpu.SOFTIRQ_OFFSET);
            cpu.setIrqsOff(false);
            int restarts = MAX_RESTART;
            while (serveOnce() && simulation.nowNs() < endNs && --restarts > 0) {
                simulation.spend(LOOK_NS);
            }
            cpu.setIrqsOff(irqsOffBefore);
            cpu.setPreemptCount(countBefore);
            if (pending != 0) {
                handOver();
            }
        }

        /** Serves each vector that is pending now. Returns whether more is. */
        private boolean serveOnce() {
            int now = pending;
            pending = 0;
            for (Softirq vector : Softirq.values()) {
                Runnable action = (now & vector.bit()) == 0 ? null : actions.get(vector);
                if (action != null) {
                    counts[vector.ordinal()]++;
                    run(vector, action);
                }
            }
            return pending != 0;
        }

        private void run(Softirq vector, Runnable action) {
            ExecutionContext context = new ExecutionContext(
                    ExecutionContext.Level.SOFTIRQ, vector.contextName(), counts[vector.ordinal()]);
            cpu.push(context);
            simulation.record(new SoftirqTaken(vector.name()));
            action.run();
            cpu.pop(context);
        }
    }

    /** Says what serves a vector. */
    public void open(Softirq vector, Runnable action) {
        actions.put(vector, action);
    }

    /** Makes a vector pending on the CPU that runs now. */
    public void raise(Softirq vector) {
        Local here = local(simulation.cpu());
        here.pending |= vector.bit();
        if (!here.cpu.inInterrupt()) {
            here.handOver();
        }
    }

    /** Serves what is pending, unless {@code cpu} is in an interrupt or has bottom halves off. */
    public void serve(Cpu cpu) {
        Local here = local(cpu);
        if (here.pending != 0 && !cpu.inInterrupt()) {
            here.serve();
        }
    }

    /** Whether an idle {@code cpu} has softirqs that nobody else is about to serve. */
    public boolean isDeliverable(Cpu cpu) {
        Local here = local(cpu);
        return here.pending != 0 && !here.isHandedOver();
    }

    /** How often {@code cpu} has served a vector. */
    public long count(Softirq vector, Cpu cpu) {
        return local(cpu).counts[vector.ordinal()];
    }

    private Local local(Cpu cpu) {
        return locals.get(cpu.number());
    }
}
