package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Errno;
import dev.tophalf.linux.Interrupt;
import dev.tophalf.linux.Interrupt.irq_handler_t;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DriverEntry;
import dev.tophalf.runtime.irq.IrqAction;
import dev.tophalf.runtime.irq.IrqLine;
import dev.tophalf.runtime.memory.Resource;
import dev.tophalf.runtime.trace.Site;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who handles which line: the rules of {@code kernel/irq/manage.c}. */
public final class Irqs {
    private static final long TRIGGERS = 0xf;

    private final Simulation simulation;

    private Irqs(Simulation simulation) {
        this.simulation = simulation;
    }

    /** The handlers of {@code simulation}. */
    public static Irqs of(Simulation simulation) {
        return simulation.part(Irqs.class, Irqs::new);
    }

    private final class Action implements IrqAction {
        final IrqLine line;
        final @Nullable irq_handler_t handler;
        final @Nullable IrqThread thread;
        final long flags;
        final String name;
        final @Nullable Object devId;
        final Resource resource;

        Action(
                IrqLine line,
                @Nullable irq_handler_t handler,
                @Nullable IrqThread thread,
                long flags,
                String name,
                @Nullable Object devId,
                String undo) {
            this.line = line;
            this.handler = handler;
            this.thread = thread;
            this.flags = flags;
            this.name = name;
            this.devId = devId;
            this.resource = simulation
                    .resources()
                    .acquire(
                            "irq",
                            "irq " + line.irq() + " '" + name + "'",
                            undo,
                            simulation.site(),
                            () -> remove(this));
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
            return handler == null
                    ? "irq_default_primary_handler"
                    : definition().function();
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
                simulation.log(
                        3, String.format(Locale.ROOT, "irq event %d: bogus return value %x", line.irq(), result));
            }
            return result == Interrupt.IRQ_HANDLED || result == Interrupt.IRQ_WAKE_THREAD;
        }

        private void wakeThread() {
            if (thread == null) {
                simulation.log(
                        4,
                        "irq " + line.irq() + ": " + name
                                + " returned IRQ_WAKE_THREAD but no thread function available");
                return;
            }
            thread.wake();
        }
    }

    /**
     * Registers a handler; see {@link Interrupt#request_threaded_irq}.
     *
     * @param undo the call that gives the line back
     */
    public int request(
            int irq,
            @Nullable irq_handler_t handler,
            @Nullable irq_handler_t threadFn,
            long flags,
            String name,
            @Nullable Object devId,
            String undo) {
        IrqLine line = simulation.irqs().line(irq);
        if (line == null || (handler == null && threadFn == null)) {
            return -Errno.EINVAL;
        }
        boolean shared = (flags & Interrupt.IRQF_SHARED) != 0;
        if (shared && devId == null) {
            Misuses.report(
                    "shared-irq-misuse",
                    "irq " + irq + " is requested as shared with a NULL dev_id",
                    "",
                    "pass the device's own structure: free_irq() finds the handler by it");
            return -Errno.EINVAL;
        }
        boolean oneshot = (flags & Interrupt.IRQF_ONESHOT) != 0;
        if (handler == null && !oneshot) {
            simulation.log(
                    3,
                    "genirq: Threaded irq requested with handler=NULL and !ONESHOT for " + name + " (irq " + irq + ")");
            return -Errno.EINVAL;
        }
        int error = agree(line, flags, name);
        if (error != 0) {
            return error;
        }
        IrqThread thread = threadFn == null ? null : new IrqThread(simulation, line, threadFn, name, devId, oneshot);
        line.add(new Action(line, handler, thread, flags, name, devId, undo));
        return 0;
    }

    /** Whether a new user of a line agrees with those it has. */
    private int agree(IrqLine line, long flags, String name) {
        long compared = Interrupt.IRQF_SHARED | Interrupt.IRQF_ONESHOT | TRIGGERS;
        for (IrqAction other : line.actions()) {
            long theirs = ((Action) other).flags;
            boolean bothShare = (flags & theirs & Interrupt.IRQF_SHARED) != 0;
            if (!bothShare || (flags & compared) != (theirs & compared)) {
                simulation.log(
                        3,
                        String.format(
                                Locale.ROOT,
                                "genirq: Flags mismatch irq %d. %08x (%s) vs. %08x (%s)",
                                line.irq(),
                                flags,
                                name,
                                theirs,
                                other.name()));
                return -Errno.EBUSY;
            }
        }
        return 0;
    }

    /** Removes a handler; see {@link Interrupt#free_irq}. */
    public @Nullable String free(int irq, @Nullable Object devId) {
        Action action = actionOf(irq, devId);
        if (action == null) {
            Misuses.report(
                    "free-irq-wrong-cookie",
                    "free_irq() of irq " + irq + " with a dev_id that nobody registered",
                    "WARNING: Trying to free already-free IRQ " + irq,
                    "pass the dev_id of the request");
            return null;
        }
        remove(action);
        simulation.resources().release(action.resource, simulation.site());
        return action.name;
    }

    private static void remove(Action action) {
        action.line.remove(action);
        if (action.thread != null) {
            action.thread.stop();
        }
    }

    /** What stands for the handler that was registered for a line with {@code devId}, or null. */
    public @Nullable Object action(int irq, @Nullable Object devId) {
        return actionOf(irq, devId);
    }

    private @Nullable Action actionOf(int irq, @Nullable Object devId) {
        IrqLine line = simulation.irqs().line(irq);
        if (line != null) {
            for (IrqAction action : line.actions()) {
                if (((Action) action).devId == devId) {
                    return (Action) action;
                }
            }
        }
        return null;
    }
}
