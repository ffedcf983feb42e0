package dev.tophalf.linux.bench;

import dev.tophalf.linux.GfpTypes;
import dev.tophalf.linux.Hrtimer;
import dev.tophalf.linux.Hrtimer.hrtimer;
import dev.tophalf.linux.Jiffies;
import dev.tophalf.linux.Linux;
import dev.tophalf.linux.Slab;
import dev.tophalf.linux.Time;
import dev.tophalf.linux.Timer;
import dev.tophalf.linux.Timer.timer_list;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.Budgets;
import dev.tophalf.runtime.machine.Machine;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.memory.KernelStruct;
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

/** What an operation on one timer costs while many are armed, each in a struct of its own. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TimersBenchmark {
    private static final int TURNS = 1_000;

    /** How many timers of either sort are armed. */
    @Param({"1000", "10000", "100000"})
    public int armed;

    private final List<Pulse> pulses = new ArrayList<>();
    private Simulation simulation;
    private int next;
    private long turn;

    /** A struct with two timers. */
    public static final class Pulse extends KernelStruct {
        final timer_list timer = EmbeddedStruct.embed(new timer_list(), this, "timer");
        final hrtimer fine = EmbeddedStruct.embed(new hrtimer(), this, "fine");
    }

    /** Arms one timer of each sort for every tick: it is armed again when it expires, at the end of the row. */
    @Setup
    public void arm() {
        simulation = Simulation.builder(new Linux(), Machine.parse("/dts-v1/; / { };", "bench.dts"))
                .budgets(Budgets.DEFAULT.withMachineTimeNs(Long.MAX_VALUE))
                .boot();
        simulation.host(() -> {
            for (int i = 1; i <= armed; i++) {
                Pulse pulse = Slab.kzalloc(Pulse.class, GfpTypes.GFP_KERNEL);
                pulses.add(pulse);
                Timer.timer_setup(pulse.timer, this::expire, 0);
                Timer.mod_timer(pulse.timer, Jiffies.jiffies() + i);
                Hrtimer.hrtimer_init(pulse.fine, Time.CLOCK_MONOTONIC, Hrtimer.HRTIMER_MODE_REL);
                pulse.fine.function = this::expire;
                Hrtimer.hrtimer_start(pulse.fine, ticks(i), Hrtimer.HRTIMER_MODE_REL);
            }
        });
    }

    private static long ticks(long count) {
        return TimeUnit.SECONDS.toNanos(count) / Jiffies.HZ;
    }

    private void expire(timer_list timer) {
        Timer.mod_timer(timer, Jiffies.jiffies() + armed);
    }

    private int expire(hrtimer timer) {
        Hrtimer.hrtimer_forward_now(timer, ticks(armed));
        return Hrtimer.HRTIMER_RESTART;
    }

    /** One after the other, in an order that jumps about. */
    private Pulse pulse() {
        next = (next + 7_919) % armed;
        return pulses.get(next);
    }

    /** A time that a timer which comes round again does not have yet, in ticks from now. */
    private long later() {
        return 1 + turn++ % (armed - 1);
    }

    private void turns(Runnable body) {
        simulation.host(() -> {
            for (int i = 0; i < TURNS; i++) {
                body.run();
            }
        });
    }

    /** Moves a timer. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public void modify() {
        turns(() -> Timer.mod_timer(pulse().timer, Jiffies.jiffies() + later()));
    }

    /** Deletes a timer and arms it again. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public void deleteAndArm() {
        turns(() -> {
            timer_list timer = pulse().timer;
            Timer.timer_delete(timer);
            Timer.mod_timer(timer, Jiffies.jiffies() + later());
        });
    }

    /** Moves a high resolution timer. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public void startFine() {
        turns(() -> Hrtimer.hrtimer_start(pulse().fine, ticks(later()), Hrtimer.HRTIMER_MODE_REL));
    }

    /** Allocates a struct and frees it. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public void allocateAndFree() {
        turns(() -> Slab.kfree(Slab.kzalloc(Pulse.class, GfpTypes.GFP_KERNEL)));
    }

    /** Lets one timer of each sort expire and be armed again. */
    @Benchmark
    public void expire() {
        simulation.runUntil(simulation.nowNs() + ticks(1));
    }
}
