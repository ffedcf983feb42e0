package dev.tophalf.linux.bench;

import dev.tophalf.linux.Linux;
import dev.tophalf.linux.Mutex;
import dev.tophalf.linux.Mutex.mutex;
import dev.tophalf.linux.Sched;
import dev.tophalf.linux.Spinlock;
import dev.tophalf.linux.Spinlock.spinlock_t;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.Budgets;
import dev.tophalf.runtime.lock.LockChecks;
import dev.tophalf.runtime.lock.LockMap;
import dev.tophalf.runtime.lock.LockRequest;
import dev.tophalf.runtime.lock.WaitType;
import dev.tophalf.runtime.machine.Machine;
import dev.tophalf.runtime.sched.Task;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What taking a lock and giving it back costs, without its gate: with the checker and without, and with what it has learnt. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LockBenchmark {
    private static final int TURNS = 1_000;
    private static final Machine MACHINE = Machine.parse("/dts-v1/; / { };", "bench.dts");

    /** Whether the checker looks on. */
    @Param({"true", "false"})
    public boolean checked;

    /** How many orders it knows, each of two classes. */
    @Param({"0", "100000"})
    public int orders;

    private final spinlock_t outer = Spinlock.DEFINE_SPINLOCK("outer");
    private final spinlock_t inner = Spinlock.DEFINE_SPINLOCK("inner");
    private final mutex sleeping = Mutex.DEFINE_MUTEX("sleeping");
    private Simulation simulation;

    private Simulation boot() {
        return Simulation.builder(new Linux(), MACHINE)
                .lockChecks(new LockChecks(checked, false, false))
                .budgets(Budgets.DEFAULT.withMachineTimeNs(Long.MAX_VALUE).withMemoryBytes(Long.MAX_VALUE))
                .boot();
    }

    /** Lets the checker learn that the outer lock is taken before each of many others. */
    @Setup
    public void learn() {
        simulation = boot();
        learn(simulation);
    }

    private void learn(Simulation machine) {
        LockRequest request = LockRequest.of("spin_lock()");
        machine.host(() -> {
            Spinlock.spin_lock(outer);
            for (int i = 0; i < orders; i++) {
                LockMap map = new LockMap("class " + i, "class " + i, WaitType.CONFIG);
                machine.locks().check(map, new spinlock_t(), request);
            }
            Spinlock.spin_unlock(outer);
        });
    }

    /** Ends the machine. */
    @TearDown
    public void close() {
        simulation.close();
    }

    private void turns(Runnable body) {
        simulation.host(() -> {
            for (int i = 0; i < TURNS; i++) {
                body.run();
            }
        });
    }

    /** A spinlock that nobody else wants. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public void spinlock() {
        turns(() -> {
            Spinlock.spin_lock(outer);
            Spinlock.spin_unlock(outer);
        });
    }

    /** A spinlock inside of another one: two are taken and given back. */
    @Benchmark
    @OperationsPerInvocation(2 * TURNS)
    public void nested() {
        turns(() -> {
            Spinlock.spin_lock(outer);
            Spinlock.spin_lock(inner);
            Spinlock.spin_unlock(inner);
            Spinlock.spin_unlock(outer);
        });
    }

    /** A mutex that nobody else wants, inside of none. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public void mutex() {
        simulation.process("alone", () -> {
            for (int i = 0; i < TURNS; i++) {
                Mutex.mutex_lock(sleeping);
                Mutex.mutex_unlock(sleeping);
            }
        });
    }

    /** A mutex that two tasks of one CPU hand to each other: each has to wait for it, and a switch is part of that. */
    @Benchmark
    @OperationsPerInvocation(2 * TURNS)
    public void contended() {
        Task other = simulation.start("other", this::share);
        simulation.process("one", this::share);
        simulation.await(other);
    }

    private void share() {
        for (int i = 0; i < TURNS; i++) {
            Mutex.mutex_lock(sleeping);
            Sched.schedule();
            Mutex.mutex_unlock(sleeping);
        }
    }
}
