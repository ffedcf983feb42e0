package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;

import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.DefinitionMacro.ArrayOf;
import dev.tophalf.runtime.contract.DefinitionMacro.FileScope;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.LvalueMacro;
import dev.tophalf.runtime.contract.LvalueMacro.Access;
import org.jspecify.annotations.Nullable;

/**
 * {@code linux/percpu.h}: variables with a copy for each CPU.
 *
 * <p>Such a variable is an array with one element for each CPU of the machine, a struct or an integer. A driver that
 * keeps one in a struct declares {@code stats[] s} or {@code int[] n}.
 */
public final class Percpu {
    private Percpu() {}

    /** Defines a variable with a copy for each CPU, zeroed; {@code type} is a struct or an integer type. */
    @DefinitionMacro(header = "linux/percpu.h", declares = "%s")
    public static <A> A DEFINE_PER_CPU(@ArrayOf Class<A> type, @Name String name, @FileScope Class<?> file) {
        return PerCpuMemory.current().make(type, name);
    }

    /**
     * Allocates a zeroed variable with a copy for each CPU; {@code type} is a struct or an integer type.
     *
     * <p>Context: process. Sleeps.
     */
    @KernelFunction(header = "linux/percpu.h", sleeps = ALWAYS, pairsWith = "free_percpu")
    public static <A> A alloc_percpu(@ArrayOf Class<A> type) {
        return PerCpuMemory.current().allocate(type);
    }

    /**
     * Frees what {@link #alloc_percpu} returned; null is fine.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/percpu.h", pairsWith = "alloc_percpu")
    public static void free_percpu(@Nullable Object __pdata) {
        if (__pdata != null) {
            PerCpuMemory.current().free(__pdata);
        }
    }

    /**
     * The copy of a variable that CPU {@code cpu} has, as a place: {@code per_cpu(hits, cpu)++}.
     *
     * <p>Context: any, NMI included. The caller keeps that CPU from changing it, if that matters.
     */
    @LvalueMacro(Access.PLACE)
    @KernelFunction(header = "linux/percpu.h", nmi = true)
    public static int per_cpu(String var, int cpu) {
        return existing(cpu, "per_cpu()");
    }

    /**
     * The struct that CPU {@code cpu} has of a variable.
     *
     * <p>Context: any, NMI included. The caller keeps that CPU from changing it, if that matters.
     */
    @KernelFunction(header = "linux/percpu.h", nmi = true)
    public static <T> T per_cpu_ptr(T[] ptr, int cpu) {
        return Arguments.require(ptr, "per_cpu_ptr()")[existing(cpu, "per_cpu_ptr()")];
    }

    private static int existing(int cpu, String call) {
        if (cpu < 0 || cpu >= Cpumask.nr_cpu_ids()) {
            throw new DriverBug(
                    call + " of CPU " + cpu + ", which is not from 0 to " + (Cpumask.nr_cpu_ids() - 1),
                    "BUG: unable to handle page fault for address");
        }
        return cpu;
    }

    /**
     * The struct that this CPU has of a variable.
     *
     * <p>Context: any, NMI included; where the task cannot move to another CPU.
     */
    @KernelFunction(header = "linux/percpu.h", nmi = true)
    public static <T> T this_cpu_ptr(T[] ptr) {
        return Arguments.require(ptr, "this_cpu_ptr()")[Smp.thisCpu("this_cpu_ptr()")];
    }

    /**
     * The struct that this CPU has of a variable; the caller may be on another CPU as soon as it is known.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/percpu.h", nmi = true)
    public static <T> T raw_cpu_ptr(T[] ptr) {
        return Arguments.require(ptr, "raw_cpu_ptr()")[Smp.raw_smp_processor_id()];
    }

    /**
     * The struct that this CPU has of a variable; the caller stays here until {@link #put_cpu_ptr}.
     *
     * <p>Context: any. The caller must not sleep meanwhile.
     */
    @KernelFunction(header = "linux/percpu.h", pairsWith = "put_cpu_ptr")
    public static <T> T get_cpu_ptr(T[] var) {
        Preempt.disable();
        return Arguments.require(var, "get_cpu_ptr()")[Smp.raw_smp_processor_id()];
    }

    /**
     * Takes one {@link #get_cpu_ptr} back.
     *
     * <p>Context: any. Expects preemption off.
     */
    @KernelFunction(header = "linux/percpu.h", pairsWith = "get_cpu_ptr")
    public static void put_cpu_ptr(@Nullable Object var) {
        Preempt.enable("put_cpu_ptr()", "get_cpu_ptr()");
    }

    /**
     * This CPU's copy of a variable, as a place; the caller stays here until {@link #put_cpu_var}.
     *
     * <p>Context: any. The caller must not sleep meanwhile.
     */
    @LvalueMacro(Access.PLACE)
    @KernelFunction(header = "linux/percpu.h", pairsWith = "put_cpu_var")
    public static int get_cpu_var(String var) {
        Preempt.disable();
        return Smp.raw_smp_processor_id();
    }

    /**
     * Takes one {@link #get_cpu_var} back.
     *
     * <p>Context: any. Expects preemption off.
     */
    @KernelFunction(header = "linux/percpu.h", pairsWith = "get_cpu_var")
    public static void put_cpu_var(@Nullable Object var) {
        Preempt.enable("put_cpu_var()", "get_cpu_var()");
    }
}
