package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.ContextKind.ATOMIC;
import static dev.tophalf.runtime.contract.ContextKind.PROCESS;

import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.CrossCall;
import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.sched.Task;
import org.jspecify.annotations.Nullable;

/** {@code linux/smp.h}: which CPU this is, and what others are to run ({@code kernel/smp.c}). */
public final class Smp {
    private Smp() {}

    /** A function that a CPU runs for another one. */
    @KernelType(header = "linux/smp.h")
    @FunctionalInterface
    public interface smp_call_func_t {
        /** Called with interrupts off: in hard irq context, or, on the CPU that asks for it, by the caller. */
        void run(@Nullable Object info);
    }

    /**
     * The number of this CPU.
     *
     * <p>Context: any, NMI included; where the task cannot move to another CPU.
     */
    @KernelFunction(header = "linux/smp.h", nmi = true)
    public static int smp_processor_id() {
        return thisCpu("smp_processor_id()");
    }

    /**
     * The number of this CPU, which may be another one as soon as it is known.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/smp.h", nmi = true)
    public static int raw_smp_processor_id() {
        return Simulation.current().cpu().number();
    }

    /** The number of this CPU, for a caller who relies on staying there ({@code lib/smp_processor_id.c}). */
    static int thisCpu(String call) {
        Simulation now = Simulation.current();
        Task task = now.scheduler().current();
        if (Preempt.preemptible() && task != null && !task.isPinned()) {
            Misuses.report(
                    "cpu-not-stable",
                    call + " where the task can move to another CPU",
                    "BUG: using " + call + " in preemptible [00000000] code: " + task,
                    "bracket the use of this CPU with get_cpu() and put_cpu(), or preempt_disable() and"
                            + " preempt_enable()");
        }
        return now.cpu().number();
    }

    /**
     * The number of this CPU, where the caller stays until {@link #put_cpu}.
     *
     * <p>Context: any. The caller must not sleep meanwhile.
     */
    @KernelFunction(header = "linux/smp.h", pairsWith = "put_cpu")
    public static int get_cpu() {
        Preempt.disable();
        return raw_smp_processor_id();
    }

    /**
     * Takes one {@link #get_cpu} back.
     *
     * <p>Context: any. Expects preemption off.
     */
    @KernelFunction(header = "linux/smp.h", pairsWith = "get_cpu")
    public static void put_cpu() {
        Preempt.enable("put_cpu()", "get_cpu()");
    }

    /**
     * Lets CPU {@code cpu} run a function: in an interrupt, or right here if it is this one. With {@code wait} it has
     * returned when this does.
     *
     * <p>Context: process or atomic, with interrupts on. Spins.
     *
     * @return 0, or {@code -ENXIO} if there is no such CPU online
     */
    @KernelFunction(
            header = "linux/smp.h",
            contexts = {PROCESS, ATOMIC})
    public static int smp_call_function_single(int cpu, smp_call_func_t func, @Nullable Object info, int wait) {
        String call = "smp_call_function_single()";
        Arguments.require(func, call);
        if (!Cpumask.cpu_online(cpu)) {
            return -Errno.ENXIO;
        }
        CrossCall.on(1 << cpu, func, info, wait != 0, call);
        return 0;
    }

    /**
     * Lets every other CPU run a function in an interrupt. With {@code wait} all of them have returned when this does.
     *
     * <p>Context: process or atomic, with interrupts on. Spins.
     */
    @KernelFunction(
            header = "linux/smp.h",
            contexts = {PROCESS, ATOMIC})
    public static void smp_call_function(smp_call_func_t func, @Nullable Object info, int wait) {
        String call = "smp_call_function()";
        Cpu here = Simulation.current().cpu();
        CrossCall.on(Cpumask.online() & ~(1 << here.number()), Arguments.require(func, call), info, wait != 0, call);
    }

    /**
     * Lets every CPU run a function: the others in an interrupt, this one right here. With {@code wait} all of them have
     * returned when this does.
     *
     * <p>Context: process or atomic, with interrupts on. Spins.
     */
    @KernelFunction(
            header = "linux/smp.h",
            contexts = {PROCESS, ATOMIC})
    public static void on_each_cpu(smp_call_func_t func, @Nullable Object info, int wait) {
        String call = "on_each_cpu()";
        CrossCall.on(Cpumask.online(), Arguments.require(func, call), info, wait != 0, call);
    }
}
