package dev.tophalf.linux.kernel;

import dev.tophalf.linux.IrqWork.irq_work_func_t;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DriverEntry;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.sched.WaitQueue;
import dev.tophalf.runtime.trace.Site;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The irq work items that are queued, and the interrupt that runs them, the latest first ({@code kernel/irq_work.c}). */
public final class IrqWorks {
    private final Simulation simulation;
    private final WaitQueue waiting;
    private final List<Deque<IrqWorkState>> queued = new ArrayList<>();

    private IrqWorks(Simulation simulation) {
        this.simulation = simulation;
        this.waiting = new WaitQueue(simulation.scheduler());
        simulation.cpus().forEach(cpu -> queued.add(new ArrayDeque<>()));
    }

    /** The irq work of {@code simulation}. */
    public static IrqWorks of(Simulation simulation) {
        return simulation.part(IrqWorks.class, IrqWorks::new);
    }

    /** Queues {@code work} for a CPU; false if it was pending. */
    public boolean queue(IrqWorkState work, Cpu cpu) {
        if (work.pending) {
            return false;
        }
        work.pending = true;
        work.queuedAt = simulation.site();
        Deque<IrqWorkState> list = queued.get(cpu.number());
        if (list.isEmpty()) {
            simulation.irqs().raise(cpu, "irq work", () -> interrupt(list));
        }
        list.push(work);
        return true;
    }

    /** Blocks the current task until {@code work} is neither queued nor running. */
    public void sync(IrqWorkState work) {
        waiting.await("the end of " + work.name(), () -> !work.isBusy());
    }

    /** Runs what was queued before the interrupt; what is queued meanwhile asks for another one. */
    private void interrupt(Deque<IrqWorkState> list) {
        List<IrqWorkState> batch = List.copyOf(list);
        list.clear();
        batch.forEach(this::run);
        waiting.wakeAll();
    }

    private void run(IrqWorkState work) {
        irq_work_func_t function = work.work.func;
        if (work.pending && function != null) {
            work.pending = false;
            work.running = true;
            DriverEntry.run("irq work", function, () -> function.run(work.work));
            work.running = false;
        }
    }

    private List<IrqWorkState> pending() {
        return queued.stream().flatMap(Deque::stream).toList();
    }

    /** Memory is freed: no irq work in it may be pending. */
    public void freed(Object struct) {
        Site site = simulation.site();
        String where = site.equals(Site.NONE) ? "" : " at " + site;
        for (IrqWorkState work : pending()) {
            if (EmbeddedStruct.isIn(work.work, struct)) {
                report(work, "struct " + struct.getClass().getSimpleName() + " is freed" + where);
            }
        }
    }

    /** A module is unloaded: no irq work may call into it. */
    public void unloaded(String module, String file) {
        for (IrqWorkState work : pending()) {
            irq_work_func_t function = work.work.func;
            if (function != null && DriverEntry.definition(function).file().equals(file)) {
                report(work, module + " is unloaded");
            }
        }
    }

    private void report(IrqWorkState work, String what) {
        Misuses.report(
                "missing-cancel",
                what + " with " + work.name() + " pending",
                "BUG: unable to handle page fault for address",
                work.queuedAt,
                "call irq_work_sync() in the driver's remove or exit function");
        work.pending = false;
        queued.forEach(list -> list.remove(work));
    }
}
