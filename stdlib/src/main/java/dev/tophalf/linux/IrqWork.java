package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;

import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.IrqWorkState;
import dev.tophalf.linux.kernel.IrqWorks;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code linux/irq_work.h}: functions to run in hard irq context soon ({@code kernel/irq_work.c}). */
public final class IrqWork {
    private IrqWork() {}

    /** The function of an irq work item. */
    @KernelType(header = "linux/irq_work.h")
    @FunctionalInterface
    public interface irq_work_func_t {
        /** Called in hard irq context. */
        void run(irq_work work);
    }

    /** An irq work item: storage inside its struct, to be initialised before use. */
    @KernelType(header = "linux/irq_work.h", embedded = true)
    public static final class irq_work extends EmbeddedStruct {
        /** What to run. */
        public @Nullable irq_work_func_t func;

        final IrqWorkState state = new IrqWorkState(this);
    }

    /** Defines an irq work item with file scope, ready for use. */
    @DefinitionMacro(header = "linux/irq_work.h", declares = "%s")
    public static irq_work DEFINE_IRQ_WORK(@Name String name, irq_work_func_t _f) {
        irq_work work = EmbeddedStruct.embed(new irq_work(), null, name);
        work.func = _f;
        return work;
    }

    /**
     * Makes an irq work item ready for use.
     *
     * <p>Context: any. The item must not be pending.
     */
    @KernelFunction(header = "linux/irq_work.h", pairsWith = "irq_work_sync")
    public static void init_irq_work(irq_work work, irq_work_func_t func) {
        Arguments.require(work, "init_irq_work()").func = func;
    }

    /**
     * Lets an irq work item run once on this CPU, as soon as interrupts are let in.
     *
     * <p>Context: any, NMI included.
     *
     * @return false if it was pending already
     */
    @KernelFunction(header = "linux/irq_work.h", nmi = true, pairsWith = "irq_work_sync")
    public static boolean irq_work_queue(irq_work work) {
        return queue(work, Simulation.current().cpu(), "irq_work_queue()");
    }

    /**
     * Lets an irq work item run once on CPU {@code cpu}, as soon as that lets interrupts in.
     *
     * <p>Context: any.
     *
     * @return false if it was pending already
     */
    @KernelFunction(header = "linux/irq_work.h", pairsWith = "irq_work_sync")
    public static boolean irq_work_queue_on(irq_work work, int cpu) {
        List<Cpu> cpus = Simulation.current().cpus();
        if (cpu < 0 || cpu >= cpus.size()) {
            throw new DriverBug(
                    "irq_work_queue_on() names CPU " + cpu + "; the machine has " + cpus.size(),
                    "BUG: unable to handle page fault for address");
        }
        return queue(work, cpus.get(cpu), "irq_work_queue_on()");
    }

    /**
     * Whether an irq work item is queued and its function has not begun.
     *
     * <p>Context: any, NMI included. The answer is a snapshot.
     */
    @KernelFunction(header = "linux/irq_work.h", nmi = true)
    public static boolean irq_work_is_pending(irq_work work) {
        return Arguments.require(work, "irq_work_is_pending()").state.isPending();
    }

    /**
     * Whether an irq work item is queued, or its function runs.
     *
     * <p>Context: any, NMI included. The answer is a snapshot.
     */
    @KernelFunction(header = "linux/irq_work.h", nmi = true)
    public static boolean irq_work_is_busy(irq_work work) {
        return Arguments.require(work, "irq_work_is_busy()").state.isBusy();
    }

    /**
     * Waits until an irq work item is neither queued nor running: what a driver does before its memory goes.
     *
     * <p>Context: process. Sleeps. Nobody may queue it again.
     */
    @KernelFunction(header = "linux/irq_work.h", sleeps = ALWAYS, pairsWith = "irq_work_queue")
    public static void irq_work_sync(irq_work work) {
        IrqWorks.of(Simulation.current()).sync(Arguments.require(work, "irq_work_sync()").state);
    }

    private static boolean queue(@Nullable irq_work given, Cpu cpu, String call) {
        irq_work work = Arguments.require(given, call);
        if (work.func == null) {
            throw DriverBug.nullPointer(call + " of irq work that init_irq_work() has not seen");
        }
        return IrqWorks.of(Simulation.current()).queue(work.state, cpu);
    }
}
