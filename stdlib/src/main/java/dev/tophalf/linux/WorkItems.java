package dev.tophalf.linux;

import static dev.tophalf.linux.Workqueue.WORK_BUSY_PENDING;
import static dev.tophalf.linux.Workqueue.WORK_BUSY_RUNNING;
import static dev.tophalf.linux.Workqueue.WORK_CPU_UNBOUND;
import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;

import dev.tophalf.linux.Workqueue.work_func_t;
import dev.tophalf.linux.Workqueue.work_struct;
import dev.tophalf.linux.Workqueue.workqueue_struct;
import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.linux.kernel.WorkQueues;
import dev.tophalf.linux.kernel.WorkState;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import org.jspecify.annotations.Nullable;

/** {@code linux/workqueue.h}: the work items, to be initialised, queued, waited for and cancelled. */
public final class WorkItems {
    private WorkItems() {}

    /** Defines a work item with file scope, ready for use. */
    @DefinitionMacro(header = "linux/workqueue.h", declares = "%s")
    public static work_struct DECLARE_WORK(@Name String n, work_func_t f) {
        work_struct work = EmbeddedStruct.embed(new work_struct(), null, n);
        workQueues().setUp(work.state, f, "DECLARE_WORK()");
        return work;
    }

    /**
     * Makes a work item ready for use.
     *
     * <p>Context: any. The item must not be pending.
     */
    @KernelFunction(header = "linux/workqueue.h", pairsWith = "cancel_work_sync")
    public static void INIT_WORK(work_struct _work, work_func_t _func) {
        workQueues().setUp(state(_work, "INIT_WORK()"), _func, "INIT_WORK()");
    }

    /**
     * As {@link #INIT_WORK}, for a local variable.
     *
     * <p>Context: any. {@link #destroy_work_on_stack} has to come before the function returns.
     */
    @KernelFunction(header = "linux/workqueue.h", pairsWith = "destroy_work_on_stack")
    public static void INIT_WORK_ONSTACK(work_struct _work, work_func_t _func) {
        workQueues().setUp(state(_work, "INIT_WORK_ONSTACK()"), _func, "INIT_WORK_ONSTACK()");
    }

    /**
     * Says that a local work item is about to go.
     *
     * <p>Context: any. The item must be neither pending nor running.
     */
    @KernelFunction(header = "linux/workqueue.h", pairsWith = "INIT_WORK_ONSTACK")
    public static void destroy_work_on_stack(work_struct work) {
        workQueues().freed(Arguments.require(work, "destroy_work_on_stack()"));
    }

    /**
     * Queues a work item on the system's queue, to be run once by a kworker of this CPU.
     *
     * <p>Context: any.
     *
     * @return false if it was pending already
     */
    @KernelFunction(header = "linux/workqueue.h", pairsWith = "cancel_work_sync")
    public static boolean schedule_work(work_struct work) {
        return queue(WORK_CPU_UNBOUND, Workqueue.system_wq(), work, "schedule_work()");
    }

    /**
     * Queues a work item on the system's queue, to be run once by a kworker of CPU {@code cpu}.
     *
     * <p>Context: any.
     *
     * @return false if it was pending already
     */
    @KernelFunction(header = "linux/workqueue.h", pairsWith = "cancel_work_sync")
    public static boolean schedule_work_on(int cpu, work_struct work) {
        return queue(cpu, Workqueue.system_wq(), work, "schedule_work_on()");
    }

    /**
     * Queues a work item, to be run once by a kworker: of this CPU, or of any if the queue is unbound.
     *
     * <p>Context: any.
     *
     * @return false if it was pending already
     */
    @KernelFunction(header = "linux/workqueue.h", pairsWith = "cancel_work_sync")
    public static boolean queue_work(workqueue_struct wq, work_struct work) {
        return queue(WORK_CPU_UNBOUND, wq, work, "queue_work()");
    }

    /**
     * Queues a work item, to be run once by a kworker: of CPU {@code cpu}, or of any if the queue is unbound.
     *
     * <p>Context: any.
     *
     * @return false if it was pending already
     */
    @KernelFunction(header = "linux/workqueue.h", pairsWith = "cancel_work_sync")
    public static boolean queue_work_on(int cpu, workqueue_struct wq, work_struct work) {
        return queue(cpu, wq, work, "queue_work_on()");
    }

    /**
     * Whether a work item is queued and its function has not begun.
     *
     * <p>Context: any. The answer is a snapshot.
     */
    @KernelFunction(header = "linux/workqueue.h")
    public static boolean work_pending(work_struct work) {
        return state(work, "work_pending()").isPending();
    }

    /**
     * What a work item is doing: {@code WORK_BUSY_PENDING}, {@code WORK_BUSY_RUNNING}, both or 0.
     *
     * <p>Context: any. The answer is a snapshot.
     */
    @KernelFunction(header = "linux/workqueue.h")
    public static int work_busy(work_struct work) {
        WorkState state = state(work, "work_busy()");
        return (state.isPending() ? WORK_BUSY_PENDING : 0) | (state.isRunning() ? WORK_BUSY_RUNNING : 0);
    }

    /**
     * The work item that the caller runs for, or null outside of a kworker.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/workqueue.h")
    public static @Nullable work_struct current_work() {
        return workQueues().flush().currentWork();
    }

    /**
     * Waits until a work item, as it is queued or runs now, has ended.
     *
     * <p>Context: process, not in the function itself, nor with a lock held that it takes. Sleeps.
     *
     * @return whether it waited
     */
    @KernelFunction(header = "linux/workqueue.h", sleeps = ALWAYS)
    public static boolean flush_work(work_struct work) {
        WorkState state = state(work, "flush_work()");
        return workQueues().isSetUp(state, "flush_work()")
                && workQueues().flush().flush(state, "flush_work()");
    }

    /**
     * Takes a work item off its queue. Its function may still run.
     *
     * <p>Context: any.
     *
     * @return whether it was pending
     */
    @KernelFunction(header = "linux/workqueue.h", pairsWith = "schedule_work")
    public static boolean cancel_work(work_struct work) {
        return workQueues().cancel(state(work, "cancel_work()"));
    }

    /**
     * Takes a work item off its queue and waits for its function to end, which cannot queue it again meanwhile.
     *
     * <p>Context: process, not in the function itself, nor with a lock held that it takes. Sleeps.
     *
     * @return whether it was pending
     */
    @KernelFunction(header = "linux/workqueue.h", sleeps = ALWAYS, pairsWith = "schedule_work")
    public static boolean cancel_work_sync(work_struct work) {
        return cancelSync(state(work, "cancel_work_sync()"), "cancel_work_sync()");
    }

    /**
     * As {@link #cancel_work}; until {@link #enable_work} has been called as often, nobody can queue the item.
     *
     * <p>Context: any.
     *
     * @return whether it was pending
     */
    @KernelFunction(header = "linux/workqueue.h", pairsWith = "enable_work")
    public static boolean disable_work(work_struct work) {
        return disable(state(work, "disable_work()"));
    }

    /**
     * As {@link #cancel_work_sync}; until {@link #enable_work} has been called as often, nobody can queue the item.
     *
     * <p>Context: process, not in the function itself, nor with a lock held that it takes. Sleeps.
     *
     * @return whether it was pending
     */
    @KernelFunction(header = "linux/workqueue.h", sleeps = ALWAYS, pairsWith = "enable_work")
    public static boolean disable_work_sync(work_struct work) {
        return disableSync(state(work, "disable_work_sync()"), "disable_work_sync()");
    }

    /**
     * Takes one {@link #disable_work} back. An item that somebody tried to queue meanwhile is not queued.
     *
     * <p>Context: any.
     *
     * @return whether it can be queued now
     */
    @KernelFunction(header = "linux/workqueue.h", pairsWith = "disable_work")
    public static boolean enable_work(work_struct work) {
        return enable(state(work, "enable_work()"), "enable_work()");
    }

    /**
     * {@link #enable_work}, and {@link #queue_work} if that lets it be queued.
     *
     * <p>Context: any.
     *
     * @return whether it could be queued
     */
    @KernelFunction(header = "linux/workqueue.h", pairsWith = "disable_work")
    public static boolean enable_and_queue_work(workqueue_struct wq, work_struct work) {
        boolean enabled = enable(state(work, "enable_and_queue_work()"), "enable_and_queue_work()");
        if (enabled) {
            queue(WORK_CPU_UNBOUND, wq, work, "enable_and_queue_work()");
        }
        return enabled;
    }

    private static boolean queue(int cpu, @Nullable workqueue_struct wq, @Nullable work_struct work, String call) {
        return workQueues().queue(Arguments.require(wq, call).queue, state(work, call), cpu, call);
    }

    static boolean cancelSync(WorkState work, String call) {
        return workQueues().isSetUp(work, call) && workQueues().flush().cancel(work, call);
    }

    static boolean disable(WorkState work) {
        work.disable();
        return workQueues().cancel(work);
    }

    static boolean disableSync(WorkState work, String call) {
        work.disable();
        return cancelSync(work, call);
    }

    static boolean enable(WorkState work, String call) {
        if (!work.enable()) {
            Misuses.report(
                    "work-enable-unbalanced",
                    call + " of " + work.name() + ", which is not disabled",
                    "workqueue: work disable count underflowed",
                    "pair it with one disable_work()");
        }
        return !work.isDisabled();
    }

    static WorkQueues workQueues() {
        return WorkQueues.of(Simulation.current());
    }

    static WorkState state(@Nullable work_struct work, String call) {
        return Arguments.require(work, call).state;
    }
}
