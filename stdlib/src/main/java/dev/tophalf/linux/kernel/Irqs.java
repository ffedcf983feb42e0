package dev.tophalf.linux.kernel;

import static dev.tophalf.linux.Interrupt.IRQF_COND_ONESHOT;
import static dev.tophalf.linux.Interrupt.IRQF_COND_SUSPEND;
import static dev.tophalf.linux.Interrupt.IRQF_NO_AUTOEN;
import static dev.tophalf.linux.Interrupt.IRQF_NO_SUSPEND;
import static dev.tophalf.linux.Interrupt.IRQF_ONESHOT;
import static dev.tophalf.linux.Interrupt.IRQF_PERCPU;
import static dev.tophalf.linux.Interrupt.IRQF_SHARED;
import static dev.tophalf.linux.Interrupt.IRQF_TRIGGER_MASK;

import dev.tophalf.linux.Device.device;
import dev.tophalf.linux.Errno;
import dev.tophalf.linux.Interrupt;
import dev.tophalf.linux.Interrupt.irq_handler_t;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.ContextKind;
import dev.tophalf.runtime.irq.IrqAction;
import dev.tophalf.runtime.irq.IrqLine;
import dev.tophalf.runtime.machine.Board.Part;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.memory.Resource;
import dev.tophalf.runtime.trace.Site;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who handles which line: requests and their end in {@code kernel/irq/manage.c}. */
public final class Irqs {
    private final Simulation simulation;
    private final Map<Resource, List<IrqHandler>> byMemory = new LinkedHashMap<>();

    private Irqs(Simulation simulation) {
        this.simulation = simulation;
    }

    /** The handlers of {@code simulation}. */
    public static Irqs of(Simulation simulation) {
        return simulation.part(Irqs.class, Irqs::new);
    }

    /** The handlers of a line. */
    static List<IrqHandler> handlers(IrqLine line) {
        List<IrqHandler> handlers = new ArrayList<>();
        for (IrqAction action : line.actions()) {
            handlers.add((IrqHandler) action);
        }
        return handlers;
    }

    private static boolean has(long flags, long flag) {
        return (flags & flag) != 0;
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
            @Nullable String name,
            @Nullable Object devId,
            String undo) {
        if (irq == Interrupt.IRQ_NOTCONNECTED) {
            return -Errno.ENOTCONN;
        }
        IrqLine line = simulation.irqs().line(irq);
        if (!isSound(irq, flags, devId) || line == null || (handler == null && threadFn == null)) {
            return -Errno.EINVAL;
        }
        List<IrqHandler> others = handlers(line);
        long wanted = complete(line, flags, others);
        String shown = name == null ? "(null)" : name;
        int error = others.isEmpty() ? 0 : join(line, wanted, shown, devId, others.get(0));
        if (error == 0 && handler == null && !has(wanted, IRQF_ONESHOT)) {
            simulation.log(
                    3,
                    "genirq: Threaded irq requested with handler=NULL and !ONESHOT for " + shown + " (irq " + irq
                            + ")");
            error = -Errno.EINVAL;
        }
        if (error == 0 && others.isEmpty() && has(wanted, IRQF_TRIGGER_MASK)) {
            error = IrqControl.of(simulation).setTrigger(line, wanted & IRQF_TRIGGER_MASK);
        }
        if (error == 0) {
            add(new IrqHandler(simulation, line, handler, threadFn, wanted, shown, devId, undo, this::remove));
        }
        return error;
    }

    /** The flags of a request with what it leaves to the line and its users. */
    private static long complete(IrqLine line, long flags, List<IrqHandler> others) {
        boolean followsOneshot = has(flags, IRQF_COND_ONESHOT) && !others.isEmpty();
        long trigger = has(flags, IRQF_TRIGGER_MASK) ? 0 : line.trigger().number();
        return flags | trigger | (followsOneshot ? others.get(0).flags & IRQF_ONESHOT : 0);
    }

    /** Lets a new user share a line with those it has, if they agree. */
    private int join(IrqLine line, long flags, String name, @Nullable Object devId, IrqHandler first) {
        if (agrees(line, flags, first)) {
            reportSameDevId(line, devId);
            return 0;
        }
        if (!has(flags, Interrupt.IRQF_PROBE_SHARED)) {
            simulation.log(
                    3,
                    String.format(
                            Locale.ROOT,
                            "genirq: Flags mismatch irq %d. %08x (%s) vs. %08x (%s)",
                            line.irq(),
                            flags,
                            name,
                            first.flags,
                            first.name()));
        }
        return -Errno.EBUSY;
    }

    /** Whether the flags of a request make sense by themselves. */
    private static boolean isSound(int irq, long flags, @Nullable Object devId) {
        if (has(flags, IRQF_SHARED) && devId == null) {
            reportMisuse(
                    "irq " + irq + " is requested as shared with a NULL dev_id",
                    "pass the device's own structure: free_irq() finds the handler by it");
            return false;
        }
        if (has(flags, IRQF_SHARED) && has(flags, IRQF_NO_AUTOEN)) {
            reportMisuse(
                    "irq " + irq + " is requested as shared, and disabled for all who share it",
                    "drop IRQF_NO_AUTOEN, and keep the device from interrupting until the driver is ready");
            return false;
        }
        return !has(flags, IRQF_COND_SUSPEND) || (has(flags, IRQF_SHARED) && !has(flags, IRQF_NO_SUSPEND));
    }

    private static void reportMisuse(String message, String advice) {
        Misuses.report("shared-irq-misuse", message, "", advice);
    }

    /** Whether a new user of a line agrees with the first one it has. */
    private static boolean agrees(IrqLine line, long flags, IrqHandler first) {
        long same = IRQF_ONESHOT | IRQF_PERCPU;
        return has(flags & first.flags, IRQF_SHARED)
                && (flags & IRQF_TRIGGER_MASK) == line.trigger().number()
                && (flags & same) == (first.flags & same);
    }

    private void reportSameDevId(IrqLine line, @Nullable Object devId) {
        IrqHandler same = find(line.irq(), devId);
        if (same != null) {
            reportMisuse(
                    "irq " + line.irq()
                            + " is shared by two handlers with the same dev_id, the other one registered at "
                            + same.resource.madeAt(),
                    "pass another dev_id for each handler: free_irq() frees the first one that it finds");
        }
    }

    private void add(IrqHandler handler) {
        IrqLine line = handler.line;
        line.add(handler);
        if (has(handler.flags, IRQF_NO_AUTOEN)) {
            line.disable();
        }
        Resource memory = EmbeddedStruct.memoryOf(handler.devId);
        if (memory != null) {
            byMemory.computeIfAbsent(memory, key -> new ArrayList<>(1)).add(handler);
        }
        IrqFiles.of(simulation).registered(handler);
    }

    /** Removes a handler; see {@link Interrupt#free_irq}. */
    public @Nullable String free(int irq, @Nullable Object devId) {
        if (simulation.cpu().contextKind() != ContextKind.PROCESS) {
            boolean inInterrupt = simulation.cpu().inInterrupt();
            Misuses.report(
                    "free-irq-in-atomic",
                    "free_irq() of irq " + irq + " where the CPU may not be given up",
                    inInterrupt ? "WARNING: Trying to free IRQ " + irq + " from IRQ context!" : "",
                    inInterrupt
                            ? "silence the device here, and free the irq in the driver's remove function"
                            : "free the irq before the lock is taken or after it is given back");
        }
        IrqHandler handler = find(irq, devId);
        if (handler == null) {
            Misuses.report(
                    "free-irq-wrong-cookie",
                    "free_irq() of irq " + irq + " with a dev_id that nobody registered",
                    "WARNING: Trying to free already-free IRQ " + irq,
                    "pass the dev_id of the request");
            return null;
        }
        IrqControl.of(simulation).refuseOwn(handler.line, true, "free_irq()");
        remove(handler);
        simulation.resources().release(handler.resource, simulation.site());
        return handler.name();
    }

    private void remove(IrqHandler handler) {
        detach(handler);
        IrqControl.of(simulation).synchronize(handler.line);
        if (handler.thread != null) {
            handler.thread.awaitIdle();
            handler.thread.stop();
        }
    }

    private void detach(IrqHandler handler) {
        handler.line.remove(handler);
        Resource memory = EmbeddedStruct.memoryOf(handler.devId);
        if (memory != null) {
            byMemory.computeIfPresent(memory, (key, handlers) -> {
                handlers.remove(handler);
                return handlers.isEmpty() ? null : handlers;
            });
        }
        IrqFiles.of(simulation).unregistered(handler);
    }

    /** Memory is freed: no handler may be called with it, and none is from now on. */
    public void freed(Object struct) {
        Resource memory = EmbeddedStruct.memoryOf(struct);
        List<IrqHandler> users = memory == null ? null : byMemory.get(memory);
        if (users == null) {
            return;
        }
        for (IrqHandler handler : List.copyOf(users)) {
            Site site = simulation.site();
            if (handler.line.disableDepth() == 0) {
                Misuses.report(
                        "irq-after-free",
                        "struct " + struct.getClass().getSimpleName() + " is freed"
                                + (site.equals(Site.NONE) ? "" : " at " + site) + " while irq "
                                + handler.line.irq() + " can still call " + handler.handlerName() + "() with it",
                        "BUG: KASAN: slab-use-after-free",
                        handler.resource.madeAt(),
                        "call free_irq() before what the handler uses is freed");
                detach(handler);
                simulation.resources().release(handler.resource, site);
            }
        }
    }

    /** What stands for the handler that was registered for a line with {@code devId}, or null. */
    public @Nullable Object action(int irq, @Nullable Object devId) {
        return find(irq, devId);
    }

    /** A handler was registered for {@code owner}: it is released with it, and expected to know its interrupts. */
    public void manage(device owner, int irq, @Nullable Object devId) {
        IrqHandler handler = find(irq, devId);
        if (handler != null) {
            Part part = PlatformBus.of(simulation).part(owner);
            if (part != null && part.line() == handler.line) {
                handler.setPeripheral(part.label());
            }
            owner.devres().add(handler, () -> free(irq, devId));
        }
    }

    private @Nullable IrqHandler find(int irq, @Nullable Object devId) {
        IrqLine line = simulation.irqs().line(irq);
        if (line != null) {
            for (IrqHandler handler : handlers(line)) {
                if (handler.devId == devId) {
                    return handler;
                }
            }
        }
        return null;
    }
}
