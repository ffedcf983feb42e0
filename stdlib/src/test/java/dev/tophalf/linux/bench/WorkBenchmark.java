package dev.tophalf.linux.bench;

import dev.tophalf.linux.GfpTypes;
import dev.tophalf.linux.Linux;
import dev.tophalf.linux.Slab;
import dev.tophalf.linux.WorkItems;
import dev.tophalf.linux.Workqueue.work_struct;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What an operation on one work item costs while many are queued, each in a struct of its own. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WorkBenchmark {
    private static final int TURNS = 1_000;

    /** How many items are queued. */
    @Param({"1000", "10000", "100000"})
    public int queued;

    private final List<Job> jobs = new ArrayList<>();
    private final Job spare = new Job();
    private Simulation simulation;
    private int next;

    /** A struct with a work item. */
    public static final class Job extends KernelStruct {
        final work_struct work = EmbeddedStruct.embed(new work_struct(), this, "work");
    }

    /** Queues the items; no kworker runs before the machine does. */
    @Setup
    public void queue() {
        simulation = Simulation.builder(new Linux(), Machine.parse("/dts-v1/; / { };", "bench.dts"))
                .budgets(Budgets.DEFAULT.withMachineTimeNs(Long.MAX_VALUE).withMemoryBytes(Long.MAX_VALUE))
                .boot();
        simulation.host(() -> {
            for (int i = 0; i < queued; i++) {
                Job job = Slab.kzalloc(Job.class, GfpTypes.GFP_KERNEL);
                jobs.add(job);
                WorkItems.INIT_WORK(job.work, work -> {});
                WorkItems.schedule_work(job.work);
            }
            WorkItems.INIT_WORK(spare.work, work -> {});
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

    /** Takes an item off the queue, in an order that jumps about, and queues it again. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public void cancelAndQueue() {
        turns(() -> {
            next = (next + 7_919) % queued;
            work_struct work = jobs.get(next).work;
            WorkItems.cancel_work(work);
            WorkItems.schedule_work(work);
        });
    }

    /** Queues one item more, and takes it off. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public void queueAndCancel() {
        turns(() -> {
            WorkItems.schedule_work(spare.work);
            WorkItems.cancel_work(spare.work);
        });
    }

    /** Allocates a struct and frees it. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public void allocateAndFree() {
        turns(() -> Slab.kfree(Slab.kzalloc(Job.class, GfpTypes.GFP_KERNEL)));
    }
}
