package dev.tophalf.linux;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.ContextKind;
import dev.tophalf.runtime.contract.KernelFunction;

/** {@code linux/irqflags.h}: interrupts of this CPU, off and on. */
public final class Irqflags {
    /** The interrupt flag in the saved state, as x86 has it. */
    private static final long IF = 0x200;

    private Irqflags() {}

    static long save() {
        Simulation now = Simulation.current();
        long flags = now.cpu().irqsOff() ? 0 : IF;
        now.cpu().disableIrqs(now.site());
        return flags;
    }

    static void restore(long flags) {
        Simulation.current().cpu().setIrqsOff((flags & IF) == 0);
    }

    /**
     * Turns interrupts off on this CPU.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/irqflags.h", pairsWith = "local_irq_enable")
    public static void local_irq_disable() {
        save();
    }

    /**
     * Turns interrupts on, whatever they were before {@link #local_irq_disable}.
     *
     * <p>Context: where interrupts were on before.
     */
    @KernelFunction(
            header = "linux/irqflags.h",
            pairsWith = "local_irq_disable",
            contexts = {ContextKind.PROCESS, ContextKind.ATOMIC, ContextKind.IRQS_OFF, ContextKind.SOFTIRQ})
    public static void local_irq_enable() {
        restore(IF);
    }

    /**
     * Turns interrupts off on this CPU.
     *
     * <p>Context: any.
     *
     * @return what {@link #local_irq_restore} has to be given, in the same function
     */
    @KernelFunction(header = "linux/irqflags.h", pairsWith = "local_irq_restore")
    public static long local_irq_save() {
        return save();
    }

    /**
     * Gives interrupts the state that {@code flags} has.
     *
     * <p>Context: expects interrupts off.
     */
    @KernelFunction(header = "linux/irqflags.h", pairsWith = "local_irq_save")
    public static void local_irq_restore(long flags) {
        restore(flags);
    }

    /**
     * Whether interrupts are off on this CPU.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/irqflags.h", nmi = true)
    public static boolean irqs_disabled() {
        return Simulation.current().cpu().irqsOff();
    }
}
