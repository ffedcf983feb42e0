package dev.tophalf.linux;

import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.ContextKind;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.cpu.IrqsOff;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code linux/irqflags.h}: interrupts of this CPU, off and on. */
public final class Irqflags {
    /** The interrupt flag in the saved state, as x86 has it. */
    private static final long IF = 0x200;

    private Irqflags() {}

    static long save() {
        Simulation now = Simulation.current();
        Cpu cpu = now.cpu();
        boolean wasOff = cpu.irqsOff();
        cpu.context().irqsOff().add(new IrqsOff(now.site(), wasOff));
        cpu.disableIrqs(now.site());
        return wasOff ? 0 : IF;
    }

    /** Turns interrupts on for {@code call}, which is to undo the latest {@link #save}. */
    static void enable(String call) {
        Cpu cpu = Simulation.current().cpu();
        IrqsOff undone = takeLatest(cpu);
        boolean wasOff = undone == null ? cpu.irqsOff() : undone.wasOff();
        if (wasOff && !cpu.inHardirq()) {
            reportEnabled(call, cpu);
        }
        Simulation.current().locks().irqsOn(call);
        cpu.setIrqsOff(false);
    }

    /** Gives interrupts the state of {@code flags} for {@code call}, which is to undo the latest {@link #save}. */
    static void restore(long flags, String call) {
        Simulation now = Simulation.current();
        Cpu cpu = now.cpu();
        boolean on = (flags & IF) != 0;
        IrqsOff undone = takeLatest(cpu);
        if (undone == null) {
            report(
                    call + " restores what was not saved before, or restored already",
                    cpu.irqsOff() ? "" : "WARNING: raw_local_irq_restore() called with IRQs enabled",
                    "pair it with one save on the same way through the function");
        } else if (on && undone.wasOff()) {
            reportEnabled(call, cpu);
        } else if (!undone.at().function().equals(now.site().function())) {
            report(
                    call + " restores in " + now.site().functionWords() + " what "
                            + undone.at().functionWords() + " saved at " + undone.at(),
                    "",
                    "save and restore in one function: the flags may belong to its stack");
        }
        if (on) {
            now.locks().irqsOn(call);
        }
        cpu.setIrqsOff(!on);
    }

    private static @Nullable IrqsOff takeLatest(Cpu cpu) {
        List<IrqsOff> open = cpu.context().irqsOff();
        return open.isEmpty() ? null : open.remove(open.size() - 1);
    }

    private static void reportEnabled(String call, Cpu cpu) {
        List<IrqsOff> open = cpu.context().irqsOff();
        report(
                call + " turns interrupts on, which "
                        + (open.isEmpty()
                                ? "the caller had turned off"
                                : "are still to be off since "
                                        + open.get(open.size() - 1).at()),
                "",
                "use the irqsave and irqrestore forms where interrupts may be off already, and restore in reverse order");
    }

    private static void report(String message, String linux, String advice) {
        Misuses.report("irq-flags-unbalanced", message, linux, advice);
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
        enable("local_irq_enable()");
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
        restore(flags, "local_irq_restore()");
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
