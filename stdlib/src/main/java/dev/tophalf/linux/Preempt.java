package dev.tophalf.linux;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.cpu.Cpu;

/** {@code linux/preempt.h}: what context the caller is in. */
public final class Preempt {
    private Preempt() {}

    private static Cpu cpu() {
        return Simulation.current().cpu();
    }

    /**
     * The counter of reasons why this CPU may not be given up.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/preempt.h", nmi = true)
    public static int preempt_count() {
        return cpu().preemptCount();
    }

    /**
     * Whether the caller serves a hard irq.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/preempt.h", nmi = true)
    public static boolean in_hardirq() {
        return cpu().inHardirq();
    }

    /**
     * The old name of {@link #in_hardirq}.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/preempt.h", nmi = true)
    public static boolean in_irq() {
        return cpu().inHardirq();
    }

    /**
     * Whether the caller serves a softirq, or has bottom halves off; {@link #in_serving_softirq} tells the two apart.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/preempt.h", nmi = true)
    public static boolean in_softirq() {
        return cpu().inSoftirq();
    }

    /**
     * Whether the caller serves a softirq, or interrupts one.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/preempt.h", nmi = true)
    public static boolean in_serving_softirq() {
        return cpu().inServingSoftirq();
    }

    /**
     * Whether the caller serves a hard irq or a softirq, or has bottom halves off.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/preempt.h", nmi = true)
    public static boolean in_interrupt() {
        return cpu().inInterrupt();
    }

    /**
     * Whether the caller runs as a task: in no hard irq and serving no softirq.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/preempt.h", nmi = true)
    public static boolean in_task() {
        return !cpu().inHardirq() && !cpu().inServingSoftirq();
    }

    /**
     * Whether the preempt count says that the CPU may not be given up. Interrupts that are off do not show here.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/preempt.h", nmi = true)
    public static boolean in_atomic() {
        return cpu().preemptCount() != 0;
    }

    /**
     * The number of this CPU.
     *
     * <p>Context: any, NMI included; the number is stable only where the task cannot move.
     */
    @KernelFunction(header = "linux/smp.h", nmi = true)
    public static int smp_processor_id() {
        return cpu().number();
    }
}
