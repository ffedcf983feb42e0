package dev.tophalf.linux;

import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.LvalueMacro;
import dev.tophalf.runtime.contract.LvalueMacro.Access;

/**
 * {@code linux/percpu.h}: operations on this CPU's copy of a per-CPU variable, each in one step: neither an interrupt
 * nor another task comes between. Each method tells which copy is meant.
 */
public final class ThisCpu {
    private ThisCpu() {}

    /**
     * The value of this CPU's copy of a variable.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.READ)
    @KernelFunction(header = "linux/percpu.h", nmi = true)
    public static int this_cpu_read(String pcp) {
        return Smp.raw_smp_processor_id();
    }

    /**
     * Stores a value in this CPU's copy of a variable.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.WRITE)
    @KernelFunction(header = "linux/percpu.h", nmi = true)
    public static int this_cpu_write(String pcp) {
        return Smp.raw_smp_processor_id();
    }

    /**
     * Adds to this CPU's copy of a variable.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.ADD)
    @KernelFunction(header = "linux/percpu.h", nmi = true)
    public static int this_cpu_add(String pcp) {
        return Smp.raw_smp_processor_id();
    }

    /**
     * Takes from this CPU's copy of a variable.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.SUBTRACT)
    @KernelFunction(header = "linux/percpu.h", nmi = true)
    public static int this_cpu_sub(String pcp) {
        return Smp.raw_smp_processor_id();
    }

    /**
     * Adds 1 to this CPU's copy of a variable.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.INCREMENT)
    @KernelFunction(header = "linux/percpu.h", nmi = true)
    public static int this_cpu_inc(String pcp) {
        return Smp.raw_smp_processor_id();
    }

    /**
     * Takes 1 from this CPU's copy of a variable.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.DECREMENT)
    @KernelFunction(header = "linux/percpu.h", nmi = true)
    public static int this_cpu_dec(String pcp) {
        return Smp.raw_smp_processor_id();
    }

    /**
     * Adds to this CPU's copy of a variable and yields the sum.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.ADD_RETURN)
    @KernelFunction(header = "linux/percpu.h", nmi = true)
    public static int this_cpu_add_return(String pcp) {
        return Smp.raw_smp_processor_id();
    }

    /**
     * Adds 1 to this CPU's copy of a variable and yields the sum.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.INCREMENT_RETURN)
    @KernelFunction(header = "linux/percpu.h", nmi = true)
    public static int this_cpu_inc_return(String pcp) {
        return Smp.raw_smp_processor_id();
    }

    /**
     * Stores a value in this CPU's copy of a variable and yields what was there.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.EXCHANGE)
    @KernelFunction(header = "linux/percpu.h", nmi = true)
    public static int this_cpu_xchg(String pcp) {
        return Smp.raw_smp_processor_id();
    }

    /**
     * Stores a value in this CPU's copy of a variable if the expected one is there, and yields what was there.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.COMPARE_EXCHANGE)
    @KernelFunction(header = "linux/percpu.h", nmi = true)
    public static int this_cpu_cmpxchg(String pcp) {
        return Smp.raw_smp_processor_id();
    }
}
