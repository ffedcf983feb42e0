package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;

import dev.tophalf.linux.Device.device;
import dev.tophalf.linux.kernel.Irqs;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import org.jspecify.annotations.Nullable;

/** {@code linux/interrupt.h}: handlers of interrupt lines. */
public final class Interrupt {
    public static final int IRQF_TRIGGER_NONE = 0;
    public static final int IRQF_TRIGGER_RISING = 1;
    public static final int IRQF_TRIGGER_FALLING = 2;
    public static final int IRQF_TRIGGER_HIGH = 4;
    public static final int IRQF_TRIGGER_LOW = 8;
    public static final int IRQF_TRIGGER_MASK = 0xf;
    public static final int IRQF_TRIGGER_PROBE = 0x10;
    public static final int IRQF_SHARED = 0x80;
    public static final int IRQF_PROBE_SHARED = 0x100;
    public static final int IRQF_PERCPU = 0x400;
    public static final int IRQF_NOBALANCING = 0x800;
    public static final int IRQF_IRQPOLL = 0x1000;
    public static final int IRQF_ONESHOT = 0x2000;
    public static final int IRQF_NO_SUSPEND = 0x4000;
    public static final int IRQF_FORCE_RESUME = 0x8000;
    public static final int IRQF_NO_THREAD = 0x10000;
    public static final int IRQF_EARLY_RESUME = 0x20000;
    public static final int IRQF_COND_SUSPEND = 0x40000;
    public static final int IRQF_NO_AUTOEN = 0x80000;
    public static final int IRQF_NO_DEBUG = 0x100000;
    public static final int IRQF_COND_ONESHOT = 0x200000;
    /** The system timer's; not for drivers of devices. */
    public static final int IRQF_TIMER = 0x200 | IRQF_NO_SUSPEND | IRQF_NO_THREAD;

    /** What {@link #request_any_context_irq} returns for a handler that runs in hard irq context. */
    public static final int IRQC_IS_HARDIRQ = 0;
    /** What {@link #request_any_context_irq} returns for a handler that runs in the thread of another irq. */
    public static final int IRQC_IS_NESTED = 1;

    /** The number of an interrupt that leads nowhere. */
    public static final int IRQ_NOTCONNECTED = 1 << 31;

    public static final int IRQ_NONE = 0;
    public static final int IRQ_HANDLED = 1;
    public static final int IRQ_WAKE_THREAD = 2;

    private Interrupt() {}

    /** A handler: returns {@link #IRQ_NONE}, {@link #IRQ_HANDLED} or {@link #IRQ_WAKE_THREAD}. */
    @KernelType(header = "linux/interrupt.h")
    @FunctionalInterface
    public interface irq_handler_t {
        /** Called in hard irq context, or by the line's thread. */
        int handle(int irq, @Nullable Object dev_id);
    }

    /**
     * Registers a handler for a line, which may run at once.
     *
     * <p>Context: process. Sleeps: it makes files in {@code /proc/irq}, which needs memory.
     *
     * <p>The handler runs with interrupts off on its CPU, and never on two CPUs at once. On a line with
     * {@link #IRQF_SHARED} it has to find out from its device whether that has interrupted, and to return
     * {@link #IRQ_NONE} if not; {@code dev} has to be the handler's own there.
     *
     * @return 0; {@code -EINVAL} for a bad line, a trigger that the controller does not know, or a shared line without
     *     {@code dev}; {@code -EBUSY} if the line's other users do not agree to share it
     */
    @KernelFunction(header = "linux/interrupt.h", sleeps = ALWAYS, pairsWith = "free_irq")
    public static int request_irq(
            int irq, irq_handler_t handler, long flags, @Nullable String name, @Nullable Object dev) {
        return Irqs.of(Simulation.current())
                .request(irq, handler, null, flags | IRQF_COND_ONESHOT, name, dev, "free_irq()");
    }

    /**
     * Registers a handler that may hand over to a thread of its own, where sleeping is fine.
     *
     * <p>Context: process. Sleeps. Without a {@code handler} the flags must have {@link #IRQF_ONESHOT}: nothing else
     * keeps a level line quiet until the thread has run.
     *
     * @return as {@link #request_irq}
     */
    @KernelFunction(header = "linux/interrupt.h", sleeps = ALWAYS, pairsWith = "free_irq")
    public static int request_threaded_irq(
            int irq,
            @Nullable irq_handler_t handler,
            @Nullable irq_handler_t thread_fn,
            long flags,
            @Nullable String name,
            @Nullable Object dev) {
        return Irqs.of(Simulation.current()).request(irq, handler, thread_fn, flags, name, dev, "free_irq()");
    }

    /**
     * As {@link #request_irq}, wherever the line's handlers run.
     *
     * <p>Context: process. Sleeps.
     *
     * @return {@link #IRQC_IS_HARDIRQ}, as every line here has handlers in hard irq context, or an error as
     *     {@link #request_irq}
     */
    @KernelFunction(header = "linux/interrupt.h", sleeps = ALWAYS, pairsWith = "free_irq")
    public static int request_any_context_irq(
            int irq, irq_handler_t handler, long flags, @Nullable String name, @Nullable Object dev_id) {
        return request_irq(irq, handler, flags, name, dev_id);
    }

    /**
     * Removes the handler that was registered with {@code dev_id}, and waits until neither it nor its thread runs, on
     * any CPU. The last one to go shuts the line down.
     *
     * <p>Context: process. Sleeps. Not from the handler, its thread, or with a lock held that they take. The device has
     * to be silent before: on a shared line nobody else could quiet it.
     *
     * @return the name given at the request, or null if there is no such handler
     */
    @KernelFunction(header = "linux/interrupt.h", sleeps = ALWAYS, pairsWith = "request_irq")
    public static @Nullable String free_irq(int irq, @Nullable Object dev_id) {
        return Irqs.of(Simulation.current()).free(irq, dev_id);
    }

    /**
     * As {@link #request_irq}, for as long as the driver is bound to {@code dev}.
     *
     * <p>Context: process. Sleeps.
     *
     * @return as {@link #request_irq}
     */
    @KernelFunction(header = "linux/interrupt.h", sleeps = ALWAYS, pairsWith = "devm_free_irq")
    public static int devm_request_irq(
            device dev,
            int irq,
            irq_handler_t handler,
            long irqflags,
            @Nullable String devname,
            @Nullable Object dev_id) {
        return managed(dev, irq, handler, null, irqflags, devname, dev_id);
    }

    /**
     * As {@link #request_threaded_irq}, for as long as the driver is bound to {@code dev}.
     *
     * <p>Context: process. Sleeps.
     *
     * @return as {@link #request_irq}
     */
    @KernelFunction(header = "linux/interrupt.h", sleeps = ALWAYS, pairsWith = "devm_free_irq")
    public static int devm_request_threaded_irq(
            device dev,
            int irq,
            @Nullable irq_handler_t handler,
            @Nullable irq_handler_t thread_fn,
            long irqflags,
            @Nullable String devname,
            @Nullable Object dev_id) {
        return managed(dev, irq, handler, thread_fn, irqflags, devname, dev_id);
    }

    /**
     * As {@link #request_any_context_irq}, for as long as the driver is bound to {@code dev}.
     *
     * <p>Context: process. Sleeps.
     *
     * @return as {@link #request_any_context_irq}
     */
    @KernelFunction(header = "linux/interrupt.h", sleeps = ALWAYS, pairsWith = "devm_free_irq")
    public static int devm_request_any_context_irq(
            device dev,
            int irq,
            irq_handler_t handler,
            long irqflags,
            @Nullable String devname,
            @Nullable Object dev_id) {
        return managed(dev, irq, handler, null, irqflags, devname, dev_id);
    }

    /**
     * Removes a managed handler before its time.
     *
     * <p>Context: process. Sleeps.
     */
    @KernelFunction(header = "linux/interrupt.h", sleeps = ALWAYS, pairsWith = "devm_request_irq")
    public static void devm_free_irq(device dev, int irq, @Nullable Object dev_id) {
        Irqs irqs = Irqs.of(Simulation.current());
        Object action = irqs.action(irq, dev_id);
        if (action == null || !Device.require(dev, "devm_free_irq()").devres().release(action)) {
            irqs.free(irq, dev_id);
        }
    }

    private static int managed(
            device dev,
            int irq,
            @Nullable irq_handler_t handler,
            @Nullable irq_handler_t threadFn,
            long flags,
            @Nullable String name,
            @Nullable Object devId) {
        device owner = Device.require(dev, "devm_request_irq()");
        Irqs irqs = Irqs.of(Simulation.current());
        String shown = name == null ? owner.name() : name;
        int error = irqs.request(irq, handler, threadFn, flags, shown, devId, "devm_free_irq()");
        if (error == 0) {
            irqs.manage(owner, irq, devId);
        }
        return error;
    }
}
