package dev.tophalf.linux;

import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.LvalueMacro;
import dev.tophalf.runtime.contract.LvalueMacro.Access;

/**
 * {@code linux/percpu.h}: operations on this CPU's copy of a per-CPU variable for who keeps preemption and, where they
 * use it too, interrupts off. Each method tells which copy is meant.
 */
public final class ThisCpuUnlocked {
    private ThisCpuUnlocked() {}

    /**
     * The value of this CPU's copy of a variable.
     *
     * <p>Context: any, NMI included; preemption is off.
     */
    @LvalueMacro(Access.READ)
    @KernelFunction(header = "linux/percpu.h", nmi = true)
    public static int __this_cpu_read(String pcp) {
        return Smp.thisCpu("__this_cpu_read()");
    }

    /**
     * Stores a value in this CPU's copy of a variable.
     *
     * <p>Context: any, NMI included; preemption is off.
     */
    @LvalueMacro(Access.WRITE)
    @KernelFunction(header = "linux/percpu.h", nmi = true)
    public static int __this_cpu_write(String pcp) {
        return Smp.thisCpu("__this_cpu_write()");
    }

    /**
     * Adds to this CPU's copy of a variable.
     *
     * <p>Context: any, NMI included; preemption is off.
     */
    @LvalueMacro(Access.ADD)
    @KernelFunction(header = "linux/percpu.h", nmi = true)
    public static int __this_cpu_add(String pcp) {
        return Smp.thisCpu("__this_cpu_add()");
    }

    /**
     * Takes from this CPU's copy of a variable.
     *
     * <p>Context: any, NMI included; preemption is off.
     */
    @LvalueMacro(Access.SUBTRACT)
    @KernelFunction(header = "linux/percpu.h", nmi = true)
    public static int __this_cpu_sub(String pcp) {
        return Smp.thisCpu("__this_cpu_sub()");
    }

    /**
     * Adds 1 to this CPU's copy of a variable.
     *
     * <p>Context: any, NMI included; preemption is off.
     */
    @LvalueMacro(Access.INCREMENT)
    @KernelFunction(header = "linux/percpu.h", nmi = true)
    public static int __this_cpu_inc(String pcp) {
        return Smp.thisCpu("__this_cpu_inc()");
    }

    /**
     * Takes 1 from this CPU's copy of a variable.
     *
     * <p>Context: any, NMI included; preemption is off.
     */
    @LvalueMacro(Access.DECREMENT)
    @KernelFunction(header = "linux/percpu.h", nmi = true)
    public static int __this_cpu_dec(String pcp) {
        return Smp.thisCpu("__this_cpu_dec()");
    }

    /**
     * Adds to this CPU's copy of a variable and yields the sum.
     *
     * <p>Context: any, NMI included; preemption is off.
     */
    @LvalueMacro(Access.ADD_RETURN)
    @KernelFunction(header = "linux/percpu.h", nmi = true)
    public static int __this_cpu_add_return(String pcp) {
        return Smp.thisCpu("__this_cpu_add_return()");
    }

    /**
     * Adds 1 to this CPU's copy of a variable and yields the sum.
     *
     * <p>Context: any, NMI included; preemption is off.
     */
    @LvalueMacro(Access.INCREMENT_RETURN)
    @KernelFunction(header = "linux/percpu.h", nmi = true)
    public static int __this_cpu_inc_return(String pcp) {
        return Smp.thisCpu("__this_cpu_inc_return()");
    }

    /**
     * Stores a value in this CPU's copy of a variable and yields what was there.
     *
     * <p>Context: any, NMI included; preemption is off.
     */
    @LvalueMacro(Access.EXCHANGE)
    @KernelFunction(header = "linux/percpu.h", nmi = true)
    public static int __this_cpu_xchg(String pcp) {
        return Smp.thisCpu("__this_cpu_xchg()");
    }

    /**
     * Stores a value in this CPU's copy of a variable if the expected one is there, and yields what was there.
     *
     * <p>Context: any, NMI included; preemption is off.
     */
    @LvalueMacro(Access.COMPARE_EXCHANGE)
    @KernelFunction(header = "linux/percpu.h", nmi = true)
    public static int __this_cpu_cmpxchg(String pcp) {
        return Smp.thisCpu("__this_cpu_cmpxchg()");
    }
}
