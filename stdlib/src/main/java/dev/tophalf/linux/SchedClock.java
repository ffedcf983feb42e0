package dev.tophalf.linux;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.CType;
import dev.tophalf.runtime.contract.KernelFunction;

/** {@code linux/sched/clock.h}: the clock that the scheduler measures with. */
public final class SchedClock {
    private static final String SAME = "the same on all CPUs, and as ktime_get_ns()";

    private SchedClock() {}

    /**
     * Nanoseconds since boot on this CPU.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/sched/clock.h", nmi = true, simplified = SAME)
    public static @CType("u64") long sched_clock() {
        return Simulation.current().nowNs();
    }

    /**
     * Nanoseconds since boot on this CPU, which never go back.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/sched/clock.h", nmi = true, simplified = SAME)
    public static @CType("u64") long local_clock() {
        return Simulation.current().nowNs();
    }
}
