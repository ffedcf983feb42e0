package dev.tophalf.runtime.bench;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.Budgets;
import dev.tophalf.runtime.hw.InterruptLine;
import dev.tophalf.runtime.irq.IrqAction;
import dev.tophalf.runtime.irq.IrqLine;
import dev.tophalf.runtime.irq.Trigger;
import dev.tophalf.runtime.machine.Machine;
import dev.tophalf.runtime.trace.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What an interrupt costs, from its line to the end of its handler, in a machine with many lines. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class IrqBenchmark {
    private static final int TURNS = 1_000;

    /** How many lines there are, each with a handler. */
    @Param({"1", "1000", "100000"})
    public int lines;

    private final List<InterruptLine> wires = new ArrayList<>();
    private Simulation simulation;
    private int next;
    private long handled;

    /** Boots a machine and connects a level line for each handler. */
    @Setup
    public void connect() {
        simulation = Simulation.builder(new BenchKernel(), Machine.parse("/dts-v1/; / { };", "bench.dts"))
                .budgets(Budgets.DEFAULT.withTicks(Long.MAX_VALUE).withMachineTimeNs(Long.MAX_VALUE))
                .boot();
        for (int i = 0; i < lines; i++) {
            IrqLine line = simulation.irqs().lineOf(i, Trigger.HIGH);
            InterruptLine wire = line.connect("device");
            line.add(new Quiet(wire));
            wires.add(wire);
        }
    }

    /** A handler that quiets its device. */
    private final class Quiet implements IrqAction {
        private final InterruptLine wire;

        Quiet(InterruptLine wire) {
            this.wire = wire;
        }

        @Override
        public String name() {
            return "quiet";
        }

        @Override
        public String handlerName() {
            return "quiet";
        }

        @Override
        public Site definition() {
            return Site.NONE;
        }

        @Override
        public boolean handle() {
            handled++;
            wire.set(false);
            return true;
        }
    }

    /** One after the other, in an order that jumps about. */
    private int line() {
        next = (next + 7_919) % lines;
        return next;
    }

    /** A line is raised while a task runs, which is interrupted at once. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public long interrupt() {
        simulation.process("bench", () -> {
            for (int i = 0; i < TURNS; i++) {
                wires.get(line()).set(true);
                simulation.scheduler().point();
            }
        });
        return handled;
    }

    /** A line is disabled and enabled. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public void disableAndEnable() {
        simulation.host(() -> {
            for (int i = 0; i < TURNS; i++) {
                IrqLine line = simulation.irqs().lines().get(line());
                line.disable();
                line.enable();
            }
        });
    }

    /** A handler is registered beside another one, and taken away. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public void addAndRemove() {
        simulation.host(() -> {
            for (int i = 0; i < TURNS; i++) {
                int number = line();
                IrqLine line = simulation.irqs().lines().get(number);
                IrqAction action = new Quiet(wires.get(number));
                line.add(action);
                line.remove(action);
            }
        });
    }
}
