package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;

import dev.tophalf.linux.kernel.WorkQueues;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import org.jspecify.annotations.Nullable;

/** {@code linux/workqueue.h}: functions to run later, where sleeping is fine. */
public final class Workqueue {
    private Workqueue() {}

    /** The function of a work item. */
    @KernelType(header = "linux/workqueue_types.h")
    @FunctionalInterface
    public interface work_func_t {
        /** Called in process context, by a kworker. */
        void work(work_struct work);
    }

    /** A work item: storage inside its struct, to be initialised before use. */
    @KernelType(header = "linux/workqueue_types.h", embedded = true)
    public static final class work_struct extends EmbeddedStruct {
        /** What to run. */
        public @Nullable work_func_t func;
    }

    /**
     * Makes a work item ready for use.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/workqueue.h", pairsWith = "cancel_work_sync")
    public static void INIT_WORK(work_struct _work, work_func_t _func) {
        require(_work, "INIT_WORK()").func = _func;
    }

    /**
     * Queues a work item to be run once by a kworker.
     *
     * <p>Context: any.
     *
     * @return false if it was queued already
     */
    @KernelFunction(header = "linux/workqueue.h", pairsWith = "cancel_work_sync")
    public static boolean schedule_work(work_struct work) {
        return WorkQueues.of(Simulation.current()).queue(require(work, "schedule_work()"));
    }

    /**
     * Takes a work item off the queue, and waits for its function if that runs.
     *
     * <p>Context: process. Sleeps. Not from the work itself.
     *
     * @return whether it was queued
     */
    @KernelFunction(header = "linux/workqueue.h", sleeps = ALWAYS, pairsWith = "schedule_work")
    public static boolean cancel_work_sync(work_struct work) {
        return WorkQueues.of(Simulation.current()).cancel(require(work, "cancel_work_sync()"));
    }

    /**
     * Waits until a work item is neither queued nor running.
     *
     * <p>Context: process. Sleeps.
     *
     * @return whether it waited
     */
    @KernelFunction(header = "linux/workqueue.h", sleeps = ALWAYS)
    public static boolean flush_work(work_struct work) {
        return WorkQueues.of(Simulation.current()).flush(require(work, "flush_work()"));
    }

    private static work_struct require(@Nullable work_struct work, String call) {
        if (work == null) {
            throw DriverBug.nullPointer(call);
        }
        return work;
    }
}
