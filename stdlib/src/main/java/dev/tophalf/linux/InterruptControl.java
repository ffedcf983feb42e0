package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;
import static dev.tophalf.runtime.contract.Sleeps.CONDITIONAL;

import dev.tophalf.linux.Cpumask.cpumask;
import dev.tophalf.linux.kernel.IrqControl;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.contract.KernelFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code linux/interrupt.h}: interrupt lines, disabled and enabled for all CPUs.
 *
 * <p>Disables nest. Who shares a line disables it for the others too, so that drivers of PCI devices, which have to
 * share, silence their device instead.
 */
public final class InterruptControl {
    private InterruptControl() {}

    private static IrqControl control() {
        return IrqControl.of(Simulation.current());
    }

    /**
     * Disables a line and waits until neither its handlers nor their threads run.
     *
     * <p>Context: process. Sleeps; older books say that it does not, but since there are threaded handlers it may. Not
     * from the handler or its thread, nor with a lock held that they take.
     */
    @KernelFunction(header = "linux/interrupt.h", sleeps = ALWAYS, pairsWith = "enable_irq")
    public static void disable_irq(int irq) {
        if (control().disable(irq)) {
            control().synchronize(irq, "disable_irq()");
        }
    }

    /**
     * Disables a line. Its handlers may still run on another CPU.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/interrupt.h", pairsWith = "enable_irq")
    public static void disable_irq_nosync(int irq) {
        control().disable(irq);
    }

    /**
     * Disables a line and waits until its handlers do not run; their threads may.
     *
     * <p>Context: any. Spins. Not from the handler, nor with a lock held that it takes.
     *
     * @return whether no thread of a handler is active either
     */
    @KernelFunction(header = "linux/interrupt.h", sleeps = CONDITIONAL, pairsWith = "enable_irq")
    public static boolean disable_hardirq(int irq) {
        return control().disable(irq) && control().synchronizeHard(irq, "disable_hardirq()");
    }

    /**
     * Takes one disable back. With the last one the line is enabled; an edge that came meanwhile is handled then, and a
     * level that is still there.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/interrupt.h", pairsWith = "disable_irq")
    public static void enable_irq(int irq) {
        control().enable(irq);
    }

    /**
     * Waits until neither the handlers of a line nor their threads run.
     *
     * <p>Context: process. Sleeps. Not from the handler or its thread, nor with a lock held that they take.
     */
    @KernelFunction(header = "linux/interrupt.h", sleeps = ALWAYS)
    public static void synchronize_irq(int irq) {
        control().synchronize(irq, "synchronize_irq()");
    }

    /**
     * Waits until the handlers of a line do not run; their threads may.
     *
     * <p>Context: any. Spins. Not from the handler, nor with a lock held that it takes.
     *
     * @return whether no thread of a handler is active either
     */
    @KernelFunction(header = "linux/interrupt.h", sleeps = CONDITIONAL)
    public static boolean synchronize_hardirq(int irq) {
        return control().synchronizeHard(irq, "synchronize_hardirq()");
    }

    /**
     * Says which CPUs may take a line.
     *
     * <p>Context: any.
     *
     * @return 0, or {@code -EINVAL} if no CPU of the set is online
     */
    @KernelFunction(header = "linux/interrupt.h")
    public static int irq_set_affinity(int irq, cpumask mask) {
        return setAffinity(irq, mask, "irq_set_affinity()");
    }

    private static int setAffinity(int irq, @Nullable cpumask mask, String call) {
        if (mask == null) {
            throw DriverBug.nullPointer(call);
        }
        return control().setAffinity(irq, mask.bits());
    }

    /**
     * Says whether a line is to wake the machine up. Calls have to balance.
     *
     * <p>Context: any, for a controller that is not on a slow bus.
     *
     * @return 0, or {@code -EINVAL} if there is no such line
     */
    @KernelFunction(header = "linux/interrupt.h", sleeps = CONDITIONAL, simplified = "the machine never sleeps")
    public static int irq_set_irq_wake(int irq, int on) {
        return control().setWake(irq, on != 0);
    }

    /**
     * Lets a line wake the machine up.
     *
     * <p>Context: any, for a controller that is not on a slow bus.
     *
     * @return 0, or {@code -EINVAL} if there is no such line
     */
    @KernelFunction(
            header = "linux/interrupt.h",
            sleeps = CONDITIONAL,
            pairsWith = "disable_irq_wake",
            simplified = "the machine never sleeps")
    public static int enable_irq_wake(int irq) {
        return control().setWake(irq, true);
    }

    /**
     * Takes one {@link #enable_irq_wake} back.
     *
     * <p>Context: any, for a controller that is not on a slow bus.
     *
     * @return 0, or {@code -EINVAL} if there is no such line
     */
    @KernelFunction(header = "linux/interrupt.h", sleeps = CONDITIONAL, pairsWith = "enable_irq_wake")
    public static int disable_irq_wake(int irq) {
        return control().setWake(irq, false);
    }
}
