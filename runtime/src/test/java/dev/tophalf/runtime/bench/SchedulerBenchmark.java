package dev.tophalf.runtime.bench;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.Budgets;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.machine.Machine;
import dev.tophalf.runtime.sched.Carrier;
import dev.tophalf.runtime.sched.ContinuationCarrier;
import dev.tophalf.runtime.sched.PlatformCarrier;
import dev.tophalf.runtime.sched.RandomStrategy;
import dev.tophalf.runtime.sched.Scheduler;
import dev.tophalf.runtime.sched.Strategy;
import dev.tophalf.runtime.sched.Task;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a switch between tasks costs, and a whole run of about a hundred choices, on each carrier. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SchedulerBenchmark {
    private static final int TURNS = 1_000;
    private static final Machine MACHINE = Machine.parse("/dts-v1/; / { };", "bench.dts");

    @Param({"platform", "continuation"})
    public String tasks = "platform";

    private Carrier carrier = new PlatformCarrier();
    private long seed;

    /** Makes the carrier. */
    @Setup
    public void choose() {
        boolean threads = tasks.equals("platform") || !ContinuationCarrier.isAvailable();
        carrier = threads ? new PlatformCarrier() : new ContinuationCarrier();
    }

    /** Ends its threads. */
    @TearDown
    public void close() {
        carrier.close();
    }

    private Simulation boot(Strategy strategy, int cpus) {
        return Simulation.builder(new BenchKernel(), MACHINE)
                .carrier(carrier)
                .strategy(strategy)
                .cpus(cpus)
                .budgets(Budgets.DEFAULT)
                .boot();
    }

    /** Two tasks on one CPU that give way to each other. */
    @Benchmark
    @OperationsPerInvocation(2 * TURNS)
    public long switches() {
        try (Simulation simulation = boot(Strategy.DEFAULT, 1)) {
            Task other = simulation.start("other", () -> turns(simulation.scheduler()));
            simulation.process("one", () -> turns(simulation.scheduler()));
            simulation.await(other);
            return simulation.trace().count();
        }
    }

    private static void turns(Scheduler scheduler) {
        for (int i = 0; i < TURNS; i++) {
            scheduler.giveWay();
        }
    }

    /** A point where something else might happen, and nothing can. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public long points() {
        try (Simulation simulation = boot(Strategy.DEFAULT, 2)) {
            simulation.process("one", () -> {
                for (int i = 0; i < TURNS; i++) {
                    simulation.scheduler().point();
                }
            });
            return simulation.trace().count();
        }
    }

    /** A run under another random schedule each time: two CPUs, four tasks, two locks, a hundred points. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public long schedule() {
        try (Simulation simulation = boot(new RandomStrategy(seed++), 2)) {
            Lock first = new Lock();
            Lock second = new Lock();
            for (int i = 0; i < 4; i++) {
                Lock lock = i % 2 == 0 ? first : second;
                simulation.start("t", () -> work(simulation.scheduler(), lock, simulation));
            }
            simulation.settle(Long.MAX_VALUE);
            return simulation.scheduler().decider().hash();
        }
    }

    private static void work(Scheduler scheduler, Lock lock, Simulation simulation) {
        for (int i = 0; i < 8; i++) {
            scheduler.point();
            scheduler.spin(lock.free);
            lock.holder = simulation.cpu().context();
            scheduler.point();
            lock.holder = null;
            scheduler.point();
        }
    }

    private static final class Lock {
        @Nullable
        ExecutionContext holder;

        final Awaited free = new Awaited("lock", () -> holder == null, () -> holder);
    }
}
