package dev.tophalf.linux;

import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.linux.kernel.Nesting;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.sched.Task;

/** {@code linux/preempt.h}: what context the caller is in, and whether it can lose its CPU. */
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
     * Whether the running task can lose its CPU to another one: preemption and interrupts are on.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/preempt.h", nmi = true)
    public static boolean preemptible() {
        return cpu().preemptCount() == 0 && !cpu().irqsOff();
    }

    /**
     * Keeps the running task on its CPU, and others off it, until {@link #preempt_enable} has been called as often.
     *
     * <p>Context: any. The caller must not sleep meanwhile.
     */
    @KernelFunction(header = "linux/preempt.h", pairsWith = "preempt_enable")
    public static void preempt_disable() {
        disable();
    }

    /**
     * Takes one {@link #preempt_disable} back. With the last one the task may lose its CPU again.
     *
     * <p>Context: any. Expects preemption off.
     */
    @KernelFunction(header = "linux/preempt.h", pairsWith = "preempt_disable")
    public static void preempt_enable() {
        enable("preempt_enable()", "preempt_disable()");
    }

    /**
     * Keeps the running task on its CPU until {@link #migrate_enable} has been called as often; it may be preempted and
     * may sleep.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/preempt.h", pairsWith = "migrate_enable")
    public static void migrate_disable() {
        Task task = Simulation.current().scheduler().current();
        if (task != null) {
            task.disableMigration();
        }
    }

    /**
     * Takes one {@link #migrate_disable} back.
     *
     * <p>Context: any. Expects migration off.
     */
    @KernelFunction(header = "linux/preempt.h", pairsWith = "migrate_disable")
    public static void migrate_enable() {
        Task task = Simulation.current().scheduler().current();
        if (task != null && !task.enableMigration()) {
            Misuses.report(
                    "migrate-enable-unbalanced",
                    "migrate_enable() where migration is not off",
                    "WARNING: at kernel/sched/core.c migrate_enable",
                    "pair it with one migrate_disable() on the same way through the function");
        }
    }

    static void disable() {
        Nesting.disablePreemption(cpu());
    }

    /** Takes back what {@code call} undoes, one {@code disabling}. */
    static void enable(String call, String disabling) {
        if ((cpu().preemptCount() & Cpu.PREEMPT_MASK) == 0) {
            Misuses.report(
                    "preempt-enable-unbalanced",
                    call + " where preemption is not off",
                    "DEBUG_LOCKS_WARN_ON(val > preempt_count())",
                    "pair it with one " + disabling + " on the same way through the function");
            return;
        }
        cpu().addPreemptCount(-Cpu.PREEMPT_OFFSET);
    }
}
