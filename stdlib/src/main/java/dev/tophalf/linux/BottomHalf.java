package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.ContextKind.ATOMIC;
import static dev.tophalf.runtime.contract.ContextKind.PROCESS;
import static dev.tophalf.runtime.contract.ContextKind.SOFTIRQ;

import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.linux.kernel.Nesting;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.cpu.Cpu;

/** {@code linux/bottom_half.h}: softirqs of this CPU, kept off and let in again ({@code kernel/softirq.c}). */
public final class BottomHalf {
    private BottomHalf() {}

    /**
     * Keeps softirqs off this CPU until {@link #local_bh_enable} has been called as often.
     *
     * <p>Context: process, atomic or softirq, with interrupts on.
     */
    @KernelFunction(
            header = "linux/bottom_half.h",
            pairsWith = "local_bh_enable",
            contexts = {PROCESS, ATOMIC, SOFTIRQ})
    public static void local_bh_disable() {
        disable();
    }

    /**
     * Lets softirqs in again; those that wait run before it returns, unless this is an interrupt.
     *
     * <p>Context: process, atomic or softirq, with interrupts on. Expects bottom halves off.
     */
    @KernelFunction(
            header = "linux/bottom_half.h",
            pairsWith = "local_bh_disable",
            contexts = {PROCESS, ATOMIC, SOFTIRQ})
    public static void local_bh_enable() {
        enable("local_bh_enable()");
    }

    static void disable() {
        Nesting.disableSoftirqs(Simulation.current().cpu());
    }

    static void enable(String call) {
        Simulation now = Simulation.current();
        Cpu cpu = now.cpu();
        if (!cpu.isBottomHalfOff()) {
            Misuses.report(
                    "bh-enable-unbalanced",
                    call + " where bottom halves are not off",
                    "DEBUG_LOCKS_WARN_ON(val > preempt_count())",
                    "pair it with one local_bh_disable() or spin_lock_bh() on the same way through the function");
            return;
        }
        boolean isLast = (cpu.preemptCount() & Cpu.SOFTIRQ_MASK) == Cpu.SOFTIRQ_DISABLE_OFFSET;
        if (isLast) {
            now.locks().softirqsOn(call);
        }
        // As in __local_bh_enable_ip(): preemption stays off until the softirqs have run.
        cpu.addPreemptCount(Cpu.PREEMPT_OFFSET - Cpu.SOFTIRQ_DISABLE_OFFSET);
        now.softirqs().serve(cpu);
        cpu.addPreemptCount(-Cpu.PREEMPT_OFFSET);
    }
}
