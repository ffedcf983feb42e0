package dev.tophalf.linux;

import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.CType;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.contract.KernelVariable;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import java.util.stream.IntStream;

/** {@code linux/cpumask.h}: sets of CPUs. */
public final class Cpumask {
    private static final int MOST_CPUS = 32;

    private Cpumask() {}

    /** A set of CPUs: storage inside its struct, empty at first. */
    @KernelType(header = "linux/cpumask_types.h", embedded = true)
    public static final class cpumask extends EmbeddedStruct {
        private int bits;

        /** The set, bit 0 for CPU 0. */
        int bits() {
            return bits;
        }
    }

    private static cpumask of(int bits) {
        cpumask mask = new cpumask();
        mask.bits = bits;
        return mask;
    }

    /** Every CPU of the machine; all of them are online. */
    static int online() {
        return (1 << Simulation.current().cpus().size()) - 1;
    }

    private static int bit(int cpu) {
        return cpu >= 0 && cpu < MOST_CPUS ? 1 << cpu : 0;
    }

    /** The CPUs of the machine that are in {@code mask}, the first one first. */
    static int[] cpus(int mask) {
        return IntStream.range(0, Simulation.current().cpus().size())
                .filter(cpu -> (mask & 1 << cpu) != 0)
                .toArray();
    }

    /** The CPUs that run; a set of one's own each time. */
    @KernelVariable(header = "linux/cpumask.h")
    public static cpumask cpu_online_mask() {
        return of(online());
    }

    /** The CPUs that may ever run; a set of one's own each time. */
    @KernelVariable(header = "linux/cpumask.h")
    public static cpumask cpu_possible_mask() {
        return of(online());
    }

    /** One more than the number of the last CPU. */
    @KernelVariable(header = "linux/cpumask.h")
    public static @CType("u32") long nr_cpu_ids() {
        return Simulation.current().cpus().size();
    }

    /**
     * How many CPUs run.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/cpumask.h", nmi = true)
    public static @CType("u32") long num_online_cpus() {
        return nr_cpu_ids();
    }

    /**
     * How many CPUs may ever run.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/cpumask.h", nmi = true)
    public static @CType("u32") long num_possible_cpus() {
        return nr_cpu_ids();
    }

    /**
     * Whether a CPU runs.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/cpumask.h", nmi = true)
    public static boolean cpu_online(int cpu) {
        return (online() & bit(cpu)) != 0;
    }

    /**
     * The numbers of the CPUs that run: {@code for (int cpu : for_each_online_cpu())}.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/cpumask.h", nmi = true)
    public static int[] for_each_online_cpu() {
        return cpus(online());
    }

    /**
     * The numbers of the CPUs that may ever run: {@code for (int cpu : for_each_possible_cpu())}.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/cpumask.h", nmi = true)
    public static int[] for_each_possible_cpu() {
        return cpus(online());
    }

    /**
     * The numbers of the CPUs of a set: {@code for (int cpu : for_each_cpu(mask))}.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/cpumask.h", nmi = true)
    public static int[] for_each_cpu(cpumask mask) {
        return cpus(Arguments.require(mask, "for_each_cpu()").bits);
    }

    /**
     * The set of one CPU.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/cpumask.h", nmi = true)
    public static cpumask cpumask_of(int cpu) {
        return of(bit(cpu));
    }

    /**
     * Whether a CPU is in a set.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/cpumask.h", nmi = true)
    @SuppressWarnings("VariableNameSameAsType") // the kernel's name
    public static boolean cpumask_test_cpu(int cpu, cpumask cpumask) {
        return (Arguments.require(cpumask, "cpumask_test_cpu()").bits & bit(cpu)) != 0;
    }

    /**
     * Adds a CPU to a set.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/cpumask.h", nmi = true)
    public static void cpumask_set_cpu(@CType("u32") long cpu, cpumask dstp) {
        Arguments.require(dstp, "cpumask_set_cpu()").bits |= bit((int) cpu);
    }

    /**
     * Takes a CPU out of a set.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/cpumask.h", nmi = true)
    public static void cpumask_clear_cpu(int cpu, cpumask dstp) {
        Arguments.require(dstp, "cpumask_clear_cpu()").bits &= ~bit(cpu);
    }

    /**
     * How many CPUs are in a set.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/cpumask.h", nmi = true)
    public static @CType("u32") long cpumask_weight(cpumask srcp) {
        return Integer.bitCount(Arguments.require(srcp, "cpumask_weight()").bits);
    }
}
