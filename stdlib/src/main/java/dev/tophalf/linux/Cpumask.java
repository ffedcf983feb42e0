package dev.tophalf.linux;

import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.memory.KernelStruct;

/** {@code linux/cpumask.h}: sets of CPUs. */
public final class Cpumask {
    private static final int MOST_CPUS = 32;

    private Cpumask() {}

    /** A set of CPUs. */
    @KernelType(header = "linux/cpumask_types.h")
    public static final class cpumask extends KernelStruct {
        private final int bits;

        private cpumask(int bits) {
            this.bits = bits;
        }

        /** The set, bit 0 for CPU 0. */
        int bits() {
            return bits;
        }
    }

    /**
     * The set of one CPU.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/cpumask.h")
    public static cpumask cpumask_of(int cpu) {
        return new cpumask(cpu >= 0 && cpu < MOST_CPUS ? 1 << cpu : 0);
    }
}
