package dev.tophalf.linux;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.KernelFunction;

/** {@code linux/processor.h}: what a loop that waits asks of the CPU. */
public final class Processor {
    private Processor() {}

    /**
     * Tells the CPU that it spins: the others go on meanwhile. Preemption it does not turn on.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/processor.h")
    public static void cpu_relax() {
        Simulation.current().scheduler().relax();
    }
}
