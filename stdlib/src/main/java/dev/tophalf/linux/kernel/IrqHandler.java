package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Interrupt;
import dev.tophalf.linux.Interrupt.irq_handler_t;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DriverEntry;
import dev.tophalf.runtime.irq.IrqAction;
import dev.tophalf.runtime.irq.IrqLine;
import dev.tophalf.runtime.memory.Resource;
import dev.tophalf.runtime.trace.Site;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A handler that a driver has registered: the kernel's {@code struct irqaction}. */
final class IrqHandler implements IrqAction {
    private final Simulation simulation;
    final IrqLine line;
    final @Nullable irq_handler_t handler;
    final @Nullable IrqThread thread;
    final long flags;
    private final String name;
    final @Nullable Object devId;
    final Resource resource;
    private boolean warned;

    /**
     * @param undo the call that gives the line back
     * @param remove gives it back for a driver that is gone
     */
    IrqHandler(
            Simulation simulation,
            IrqLine line,
            @Nullable irq_handler_t handler,
            @Nullable irq_handler_t threadFn,
            long flags,
            String name,
            @Nullable Object devId,
            String undo,
            Consumer<IrqHandler> remove) {
        this.simulation = simulation;
        this.line = line;
        this.handler = handler;
        this.thread =
                threadFn == null ? null : new IrqThread(simulation, line, threadFn, name, devId, isOneshot(flags));
        this.flags = flags;
        this.name = name;
        this.devId = devId;
        String description = "irq " + line.irq() + " '" + name + "'";
        this.resource =
                simulation.resources().acquire("irq", description, undo, simulation.site(), () -> remove.accept(this));
    }

    private static boolean isOneshot(long flags) {
        return (flags & Interrupt.IRQF_ONESHOT) != 0;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Site definition() {
        return handler == null ? resource.madeAt() : DriverEntry.definition(handler);
    }

    @Override
    public String handlerName() {
        return handler == null ? "irq_default_primary_handler" : definition().function();
    }

    @Override
    public boolean handle() {
        irq_handler_t primary = handler;
        int result = primary == null
                ? Interrupt.IRQ_WAKE_THREAD
                : DriverEntry.call("irq handler", primary, () -> primary.handle(line.irq(), devId));
        if (result == Interrupt.IRQ_WAKE_THREAD) {
            wakeThread();
        } else if (result != Interrupt.IRQ_HANDLED && result != Interrupt.IRQ_NONE) {
            simulation.log(3, String.format(Locale.ROOT, "irq event %d: bogus return value %x", line.irq(), result));
        }
        return result == Interrupt.IRQ_HANDLED || result == Interrupt.IRQ_WAKE_THREAD;
    }

    private void wakeThread() {
        if (thread != null) {
            thread.wake();
        } else if (!warned) {
            warned = true;
            simulation.log(
                    4,
                    "IRQ " + line.irq() + " device " + name
                            + " returned IRQ_WAKE_THREAD but no thread function available.");
        }
    }
}
