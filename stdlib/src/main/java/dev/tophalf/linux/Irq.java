package dev.tophalf.linux;

import dev.tophalf.linux.kernel.IrqControl;
import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.ContextKind;
import dev.tophalf.runtime.contract.KernelFunction;
import org.jspecify.annotations.Nullable;

/** {@code linux/irq.h} and {@code linux/irqdesc.h}: what code of interrupt controllers calls, and drivers rarely. */
public final class Irq {
    public static final int IRQ_TYPE_NONE = 0;
    public static final int IRQ_TYPE_EDGE_RISING = 1;
    public static final int IRQ_TYPE_EDGE_FALLING = 2;
    public static final int IRQ_TYPE_EDGE_BOTH = 3;
    public static final int IRQ_TYPE_LEVEL_HIGH = 4;
    public static final int IRQ_TYPE_LEVEL_LOW = 8;
    public static final int IRQ_TYPE_SENSE_MASK = 0xf;

    private Irq() {}

    /**
     * Says what makes a line interrupt.
     *
     * <p>Context: any, for a controller that is not on a slow bus.
     *
     * @return 0, or {@code -EINVAL} if there is no such line or its controller does not know the type
     */
    @KernelFunction(header = "linux/irq.h")
    public static int irq_set_irq_type(int irq, int type) {
        return IrqControl.of(Simulation.current()).setTrigger(irq, type & IRQ_TYPE_SENSE_MASK);
    }

    /**
     * Runs the handlers of a line, for the driver of an interrupt controller.
     *
     * <p>Context: hard irq, with interrupts off.
     *
     * @return {@code -EINVAL} if there is no such line, else {@code -EPERM}
     */
    @KernelFunction(
            header = "linux/irqdesc.h",
            contexts = ContextKind.HARDIRQ,
            simplified = "no driver here is one of a controller, so that it does nothing")
    public static int generic_handle_irq(int irq) {
        return refuse("generic_handle_irq()", irq);
    }

    /**
     * Runs the handlers of a line with interrupts off, for the driver of an interrupt controller.
     *
     * <p>Context: any.
     *
     * @return as {@link #generic_handle_irq}
     */
    @KernelFunction(
            header = "linux/irqdesc.h",
            simplified = "no driver here is one of a controller, so that it does nothing")
    public static int generic_handle_irq_safe(int irq) {
        return refuse("generic_handle_irq_safe()", irq);
    }

    /**
     * Runs the handlers of a line that is known by its number at its controller, for the driver of that controller.
     *
     * <p>Context: hard irq, with interrupts off.
     *
     * @return {@code -EINVAL}, as there is no such line
     */
    @KernelFunction(
            header = "linux/irqdesc.h",
            contexts = ContextKind.HARDIRQ,
            simplified = "no driver here is one of a controller, so that it does nothing")
    public static int generic_handle_domain_irq(@Nullable Object domain, int hwirq) {
        return refuse("generic_handle_domain_irq()", hwirq);
    }

    private static int refuse(String call, int irq) {
        Misuses.report(
                "irq-faked-in-software",
                call + " of irq " + irq + " pretends that the device has interrupted",
                "WARNING: CPU: 0 at kernel/irq/irqdesc.c handle_irq_desc",
                "let the device raise its line; in a test use an action of the peripheral, in Linux irq-sim or"
                        + " irq_set_irqchip_state()");
        return Simulation.current().irqs().line(irq) == null ? -Errno.EINVAL : -Errno.EPERM;
    }
}
