package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Errno;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.irq.IrqLine;
import dev.tophalf.runtime.irq.Trigger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lines disabled, enabled, waited for and set up: the rest of {@code kernel/irq/manage.c}. */
public final class IrqControl {
    private final Simulation simulation;
    private final Map<Integer, Integer> wakeDepths = new LinkedHashMap<>();

    private IrqControl(Simulation simulation) {
        this.simulation = simulation;
    }

    /** The lines of {@code simulation}. */
    public static IrqControl of(Simulation simulation) {
        return simulation.part(IrqControl.class, IrqControl::new);
    }

    private @Nullable IrqLine line(int irq) {
        return simulation.irqs().line(irq);
    }

    /** Disables a line; false if there is none of that number. */
    public boolean disable(int irq) {
        IrqLine line = line(irq);
        if (line != null) {
            line.disable();
        }
        return line != null;
    }

    /** Takes one disable back. */
    public void enable(int irq) {
        IrqLine line = line(irq);
        if (line != null && !line.enable()) {
            Misuses.report(
                    "enable-irq-unbalanced",
                    "enable_irq() of irq " + irq + ", which is not disabled",
                    "WARNING: Unbalanced enable for IRQ " + irq,
                    "pair it with one disable_irq()");
        }
    }

    /** Waits until neither handlers nor threads of a line run. */
    public void synchronize(int irq, String call) {
        IrqLine line = line(irq);
        if (line != null) {
            refuseOwn(line, true, call);
            synchronize(line);
        }
    }

    void synchronize(IrqLine line) {
        awaitHandlers(line);
        for (IrqHandler handler : Irqs.handlers(line)) {
            if (handler.thread != null) {
                handler.thread.awaitIdle();
            }
        }
    }

    /** Waits until no handler of a line runs. Returns whether no thread does either. */
    public boolean synchronizeHard(int irq, String call) {
        IrqLine line = line(irq);
        if (line == null) {
            return true;
        }
        refuseOwn(line, false, call);
        awaitHandlers(line);
        return Irqs.handlers(line).stream().noneMatch(handler -> handler.thread != null && handler.thread.isActive());
    }

    private void awaitHandlers(IrqLine line) {
        simulation
                .scheduler()
                .spin(new Awaited("the handlers of irq " + line.irq(), () -> line.runner() == null, line::runner));
    }

    /** Ends who would wait for himself. */
    void refuseOwn(IrqLine line, boolean waitsForThreads, String call) {
        ExecutionContext runner = line.runner();
        boolean isHandler = runner != null && simulation.cpu().stack().contains(runner);
        boolean isThread = waitsForThreads
                && Irqs.handlers(line).stream()
                        .anyMatch(handler -> handler.thread != null && handler.thread.isCurrent());
        if (isHandler || isThread) {
            Misuses.report(
                    "disable-irq-in-own-handler",
                    call + " of irq " + line.irq() + " waits for the end of the "
                            + (isHandler ? "handler" : "handler's thread") + " that calls it",
                    isHandler ? "watchdog: BUG: soft lockup" : "INFO: task blocked for more than 120 seconds.",
                    "call disable_irq_nosync() here, or leave it to somebody else");
            throw simulation.gate().killCurrent("deadlock on irq " + line.irq());
        }
    }

    /** Says what makes a line interrupt; {@code -EINVAL} if the controller cannot do that. */
    public int setTrigger(int irq, int type) {
        IrqLine line = line(irq);
        return line == null ? -Errno.EINVAL : setTrigger(line, type);
    }

    int setTrigger(IrqLine line, long type) {
        Trigger trigger = Trigger.of(type);
        if (!trigger.isSupported()) {
            simulation.log(
                    3, "genirq: Setting trigger mode " + type + " for irq " + line.irq() + " failed (gic_set_type)");
            return -Errno.EINVAL;
        }
        if (line.trigger() != trigger) {
            line.setTrigger(trigger);
        }
        return 0;
    }

    /** Says which CPUs may take a line; {@code -EINVAL} if there is none of them. */
    public int setAffinity(int irq, int cpus) {
        IrqLine line = line(irq);
        int online = cpus & online();
        if (line == null || online == 0) {
            return -Errno.EINVAL;
        }
        line.setAffinity(cpus);
        Irqs.handlers(line).forEach(handler -> {
            if (handler.thread != null) {
                handler.thread.setAffinity(online);
            }
        });
        return 0;
    }

    /** The CPUs that there are. */
    int online() {
        return (1 << simulation.cpus().size()) - 1;
    }

    /** Says whether a line is to wake the machine up from its sleep. */
    public int setWake(int irq, boolean on) {
        if (line(irq) == null) {
            return -Errno.EINVAL;
        }
        int depth = wakeDepths.getOrDefault(irq, 0);
        if (!on && depth == 0) {
            Misuses.report(
                    "irq-wake-unbalanced",
                    "disable_irq_wake() of irq " + irq + ", which is not to wake anybody",
                    "WARNING: Unbalanced IRQ " + irq + " wake disable",
                    "pair it with one enable_irq_wake() that returned 0");
        } else {
            wakeDepths.put(irq, depth + (on ? 1 : -1));
        }
        return 0;
    }
}
