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
    private @Nullable String label;
    private boolean warned;
    private boolean reported;

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

    /** Says which peripheral it is for, if that is known. */
    void setPeripheral(String newLabel) {
        label = newLabel;
    }

    @Override
    public boolean handle() {
        String shared = line.actions().size() > 1 && !line.trigger().isEdge() ? label : null;
        long before = shared == null ? -1 : line.activity(shared);
        int result = call();
        if (shared != null && before >= 0 && before == line.activity(shared) && result == Interrupt.IRQ_HANDLED) {
            reportClaim(shared);
        }
        return result == Interrupt.IRQ_HANDLED || result == Interrupt.IRQ_WAKE_THREAD;
    }

    private void reportClaim(String peripheral) {
        if (!reported) {
            reported = true;
            Misuses.report(
                    "shared-irq-misuse",
                    handlerName() + "() claims irq " + line.irq() + ", which " + peripheral + " has not raised",
                    "",
                    definition(),
                    "look into the device's registers first, and return IRQ_NONE if it has not interrupted");
        }
    }

    private int call() {
        irq_handler_t primary = handler;
        int result = primary == null
                ? Interrupt.IRQ_WAKE_THREAD
                : DriverEntry.call("irq handler", primary, () -> primary.handle(line.irq(), devId));
        if (result == Interrupt.IRQ_WAKE_THREAD) {
            wakeThread();
        } else if (result != Interrupt.IRQ_HANDLED && result != Interrupt.IRQ_NONE) {
            simulation.log(3, String.format(Locale.ROOT, "irq event %d: bogus return value %x", line.irq(), result));
        }
        return result;
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
