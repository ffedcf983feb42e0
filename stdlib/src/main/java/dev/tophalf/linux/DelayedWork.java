package dev.tophalf.linux;

import static dev.tophalf.linux.WorkItems.workQueues;
import static dev.tophalf.linux.Workqueue.WORK_CPU_UNBOUND;
import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;

import dev.tophalf.linux.Timer.timer_list;
import dev.tophalf.linux.Workqueue.delayed_work;
import dev.tophalf.linux.Workqueue.work_func_t;
import dev.tophalf.linux.Workqueue.work_struct;
import dev.tophalf.linux.Workqueue.workqueue_struct;
import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.WorkState;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import org.jspecify.annotations.Nullable;

/** {@code linux/workqueue.h}: the work items that a timer queues. */
public final class DelayedWork {
    private DelayedWork() {}

    /** Defines a delayed work item with file scope, ready for use. */
    @DefinitionMacro(header = "linux/workqueue.h", declares = "%s")
    public static delayed_work DECLARE_DELAYED_WORK(@Name String n, work_func_t f) {
        delayed_work work = EmbeddedStruct.embed(new delayed_work(), null, n);
        setUp(work, f, 0, "DECLARE_DELAYED_WORK()");
        return work;
    }

    /** As {@link #DECLARE_DELAYED_WORK}, with a timer that need not wake an idle CPU. */
    @DefinitionMacro(header = "linux/workqueue.h", declares = "%s")
    public static delayed_work DECLARE_DEFERRABLE_WORK(@Name String n, work_func_t f) {
        delayed_work work = EmbeddedStruct.embed(new delayed_work(), null, n);
        setUp(work, f, Timer.TIMER_DEFERRABLE, "DECLARE_DEFERRABLE_WORK()");
        return work;
    }

    /**
     * Makes a delayed work item ready for use.
     *
     * <p>Context: any. The item must not be pending.
     */
    @KernelFunction(header = "linux/workqueue.h", pairsWith = "cancel_delayed_work_sync")
    public static void INIT_DELAYED_WORK(delayed_work _work, work_func_t _func) {
        setUp(_work, _func, 0, "INIT_DELAYED_WORK()");
    }

    /**
     * As {@link #INIT_DELAYED_WORK}, for a local variable.
     *
     * <p>Context: any. {@link #destroy_delayed_work_on_stack} has to come before the function returns.
     */
    @KernelFunction(header = "linux/workqueue.h", pairsWith = "destroy_delayed_work_on_stack")
    public static void INIT_DELAYED_WORK_ONSTACK(delayed_work _work, work_func_t _func) {
        setUp(_work, _func, 0, "INIT_DELAYED_WORK_ONSTACK()");
    }

    /**
     * As {@link #INIT_DELAYED_WORK}, with a timer that need not wake an idle CPU.
     *
     * <p>Context: any. The item must not be pending.
     */
    @KernelFunction(
            header = "linux/workqueue.h",
            pairsWith = "cancel_delayed_work_sync",
            simplified = "an idle CPU wakes")
    public static void INIT_DEFERRABLE_WORK(delayed_work _work, work_func_t _func) {
        setUp(_work, _func, Timer.TIMER_DEFERRABLE, "INIT_DEFERRABLE_WORK()");
    }

    /**
     * Says that a local delayed work item is about to go.
     *
     * <p>Context: any. The item must be neither pending nor running.
     */
    @KernelFunction(header = "linux/workqueue.h", pairsWith = "INIT_DELAYED_WORK_ONSTACK")
    public static void destroy_delayed_work_on_stack(delayed_work work) {
        workQueues().freed(Arguments.require(work, "destroy_delayed_work_on_stack()"));
    }

    /**
     * The delayed work item that {@code work} is a member of, for a work function.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/workqueue.h")
    public static delayed_work to_delayed_work(work_struct work) {
        return ListEntries.entry(work, delayed_work.class, "work", "to_delayed_work()");
    }

    /**
     * Queues a work item on the system's queue when {@code delay} jiffies have passed.
     *
     * <p>Context: any.
     *
     * @return false if it was pending already
     */
    @KernelFunction(header = "linux/workqueue.h", pairsWith = "cancel_delayed_work_sync")
    public static boolean schedule_delayed_work(delayed_work dwork, long delay) {
        return queue(WORK_CPU_UNBOUND, Workqueue.system_wq(), dwork, delay, "schedule_delayed_work()");
    }

    /**
     * As {@link #schedule_delayed_work}, to be run by a kworker of CPU {@code cpu}.
     *
     * <p>Context: any.
     *
     * @return false if it was pending already
     */
    @KernelFunction(header = "linux/workqueue.h", pairsWith = "cancel_delayed_work_sync")
    public static boolean schedule_delayed_work_on(int cpu, delayed_work dwork, long delay) {
        return queue(cpu, Workqueue.system_wq(), dwork, delay, "schedule_delayed_work_on()");
    }

    /**
     * Queues a work item when {@code delay} jiffies have passed, at once if that is 0.
     *
     * <p>Context: any.
     *
     * @return false if it was pending already
     */
    @KernelFunction(header = "linux/workqueue.h", pairsWith = "cancel_delayed_work_sync")
    public static boolean queue_delayed_work(workqueue_struct wq, delayed_work dwork, long delay) {
        return queue(WORK_CPU_UNBOUND, wq, dwork, delay, "queue_delayed_work()");
    }

    /**
     * As {@link #queue_delayed_work}, to be run by a kworker of CPU {@code cpu} unless the queue is unbound.
     *
     * <p>Context: any.
     *
     * @return false if it was pending already
     */
    @KernelFunction(header = "linux/workqueue.h", pairsWith = "cancel_delayed_work_sync")
    public static boolean queue_delayed_work_on(int cpu, workqueue_struct wq, delayed_work dwork, long delay) {
        return queue(cpu, wq, dwork, delay, "queue_delayed_work_on()");
    }

    /**
     * Queues a work item when {@code delay} jiffies have passed, whether it is pending or not.
     *
     * <p>Context: any.
     *
     * @return whether it was pending
     */
    @KernelFunction(header = "linux/workqueue.h", pairsWith = "cancel_delayed_work_sync")
    public static boolean mod_delayed_work(workqueue_struct wq, delayed_work dwork, long delay) {
        return modify(WORK_CPU_UNBOUND, wq, dwork, delay, "mod_delayed_work()");
    }

    /**
     * As {@link #mod_delayed_work}, to be run by a kworker of CPU {@code cpu} unless the queue is unbound.
     *
     * <p>Context: any.
     *
     * @return whether it was pending
     */
    @KernelFunction(header = "linux/workqueue.h", pairsWith = "cancel_delayed_work_sync")
    public static boolean mod_delayed_work_on(int cpu, workqueue_struct wq, delayed_work dwork, long delay) {
        return modify(cpu, wq, dwork, delay, "mod_delayed_work_on()");
    }

    /**
     * Whether the timer of a work item is armed, or it is queued and its function has not begun.
     *
     * <p>Context: any. The answer is a snapshot.
     */
    @KernelFunction(header = "linux/workqueue.h")
    public static boolean delayed_work_pending(delayed_work w) {
        return state(w, "delayed_work_pending()").isPending();
    }

    /**
     * Queues a work item now if its timer is armed, and waits until it has ended.
     *
     * <p>Context: process, not in the function itself, nor with a lock held that it takes. Sleeps.
     *
     * @return whether it waited
     */
    @KernelFunction(header = "linux/workqueue.h", sleeps = ALWAYS)
    public static boolean flush_delayed_work(delayed_work dwork) {
        WorkState state = state(dwork, "flush_delayed_work()");
        if (!workQueues().isSetUp(state, "flush_delayed_work()")) {
            return false;
        }
        if (Timer.timer_delete(dwork.timer) == 1) {
            expire(dwork.timer);
        }
        return workQueues().flush().flush(state, "flush_delayed_work()");
    }

    /**
     * Disarms the timer of a work item, or takes it off its queue. Its function may still run.
     *
     * <p>Context: any.
     *
     * @return whether it was pending
     */
    @KernelFunction(header = "linux/workqueue.h", pairsWith = "schedule_delayed_work")
    public static boolean cancel_delayed_work(delayed_work dwork) {
        WorkState state = state(dwork, "cancel_delayed_work()");
        return workQueues().isSetUp(state, "cancel_delayed_work()")
                && workQueues().cancel(state);
    }

    /**
     * As {@link #cancel_delayed_work}, and waits for the function to end, which cannot queue the item again meanwhile.
     *
     * <p>Context: process, not in the function itself, nor with a lock held that it takes. Sleeps.
     *
     * @return whether it was pending
     */
    @KernelFunction(header = "linux/workqueue.h", sleeps = ALWAYS, pairsWith = "schedule_delayed_work")
    public static boolean cancel_delayed_work_sync(delayed_work dwork) {
        return WorkItems.cancelSync(state(dwork, "cancel_delayed_work_sync()"), "cancel_delayed_work_sync()");
    }

    /**
     * As {@link #cancel_delayed_work}; until {@link #enable_delayed_work} has been called as often, nobody can queue
     * the item.
     *
     * <p>Context: any.
     *
     * @return whether it was pending
     */
    @KernelFunction(header = "linux/workqueue.h", pairsWith = "enable_delayed_work")
    public static boolean disable_delayed_work(delayed_work dwork) {
        return WorkItems.disable(state(dwork, "disable_delayed_work()"));
    }

    /**
     * As {@link #cancel_delayed_work_sync}; until {@link #enable_delayed_work} has been called as often, nobody can
     * queue the item.
     *
     * <p>Context: process, not in the function itself, nor with a lock held that it takes. Sleeps.
     *
     * @return whether it was pending
     */
    @KernelFunction(header = "linux/workqueue.h", sleeps = ALWAYS, pairsWith = "enable_delayed_work")
    public static boolean disable_delayed_work_sync(delayed_work dwork) {
        return WorkItems.disableSync(state(dwork, "disable_delayed_work_sync()"), "disable_delayed_work_sync()");
    }

    /**
     * Takes one {@link #disable_delayed_work} back. An item that somebody tried to queue meanwhile is not queued.
     *
     * <p>Context: any.
     *
     * @return whether it can be queued now
     */
    @KernelFunction(header = "linux/workqueue.h", pairsWith = "disable_delayed_work")
    public static boolean enable_delayed_work(delayed_work dwork) {
        return WorkItems.enable(state(dwork, "enable_delayed_work()"), "enable_delayed_work()");
    }

    private static void setUp(@Nullable delayed_work given, work_func_t function, int flags, String call) {
        delayed_work work = Arguments.require(given, call);
        workQueues().setUp(work.work.state, function, call);
        Timer.timer_setup(work.timer, DelayedWork::expire, flags | Timer.TIMER_IRQSAFE);
    }

    /** The timer of a delayed work item: it queues it. */
    private static void expire(timer_list timer) {
        delayed_work work = ListEntries.entry(timer, delayed_work.class, "timer", "delayed_work_timer_fn()");
        workqueue_struct wq = Arguments.require(work.wq, "delayed_work_timer_fn()");
        workQueues().expire(wq.queue, work.work.state, work.cpu);
    }

    private static boolean queue(
            int cpu, @Nullable workqueue_struct wq, @Nullable delayed_work dwork, long delay, String call) {
        WorkState state = state(dwork, call);
        return workQueues().queueLater(Arguments.require(wq, call).queue, state, cpu, delay, call);
    }

    private static boolean modify(
            int cpu, @Nullable workqueue_struct wq, @Nullable delayed_work dwork, long delay, String call) {
        WorkState state = state(dwork, call);
        return workQueues().modify(Arguments.require(wq, call).queue, state, cpu, delay, call);
    }

    private static WorkState state(@Nullable delayed_work work, String call) {
        return Arguments.require(work, call).work.state;
    }
}
