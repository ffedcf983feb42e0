package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;

import dev.tophalf.linux.Timer.timer_list;
import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.Messages;
import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.linux.kernel.WorkQueue;
import dev.tophalf.linux.kernel.WorkQueues;
import dev.tophalf.linux.kernel.WorkState;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.contract.KernelVariable;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.memory.KernelStruct;
import dev.tophalf.runtime.trace.Values;
import org.jspecify.annotations.Nullable;

/** {@code linux/workqueue.h}: the queues of functions to run later, where sleeping is fine. */
public final class Workqueue {
    /** Items run on any CPU, each as soon as it is queued. */
    public static final int WQ_UNBOUND = 1 << 1;
    /** Items do not run while the system is suspended. */
    public static final int WQ_FREEZABLE = 1 << 2;
    /** Items make progress when no memory is free, which they may be needed for. */
    public static final int WQ_MEM_RECLAIM = 1 << 3;
    /** Items are run by kworkers of high priority. */
    public static final int WQ_HIGHPRI = 1 << 4;
    /** Items take the CPU for long, and do not keep others from starting. */
    public static final int WQ_CPU_INTENSIVE = 1 << 5;
    /** The queue is shown in sysfs. */
    public static final int WQ_SYSFS = 1 << 6;
    /** Unbound, if the kernel is to save power. */
    public static final int WQ_POWER_EFFICIENT = 1 << 7;

    /** In place of a CPU: whichever is convenient. */
    public static final int WORK_CPU_UNBOUND = 64;

    /** Of {@link WorkItems#work_busy}: the item is queued, or its timer is armed. */
    public static final int WORK_BUSY_PENDING = 1;
    /** Of {@link WorkItems#work_busy}: the function runs. */
    public static final int WORK_BUSY_RUNNING = 2;

    private static final int NAME_LENGTH = 31;

    private static final String FLAGS =
            "no rescuer comes with WQ_MEM_RECLAIM; WQ_FREEZABLE, WQ_SYSFS and WQ_POWER_EFFICIENT change nothing";

    private Workqueue() {}

    /** The function of a work item. */
    @KernelType(header = "linux/workqueue_types.h")
    @FunctionalInterface
    public interface work_func_t {
        /** Called in process context, by a kworker. It may free the work item. */
        void work(work_struct work);
    }

    /** A work item: storage inside its struct, to be initialised before use. */
    @KernelType(header = "linux/workqueue_types.h", embedded = true)
    public static final class work_struct extends EmbeddedStruct {
        /** What to run. */
        public @Nullable work_func_t func;

        final WorkState state = new WorkState(this);
    }

    /** A work item with a timer that queues it: storage inside its struct, to be initialised before use. */
    @KernelType(header = "linux/workqueue.h", embedded = true)
    public static final class delayed_work extends EmbeddedStruct {
        /** What is queued, and given to the function. */
        public final work_struct work = embed(new work_struct(), this, "work");
        /** What queues it. */
        public final timer_list timer = embed(new timer_list(), this, "timer");
        /** Where to. */
        public @Nullable workqueue_struct wq;
        /** From which CPU. */
        public int cpu;
    }

    /** A workqueue. */
    @KernelType(header = "linux/workqueue.h")
    public static final class workqueue_struct extends KernelStruct implements Values.Described {
        final WorkQueue queue;

        /** The driver's view of {@code queue}. */
        public workqueue_struct(WorkQueue queue) {
            this.queue = queue;
        }

        @Override
        public String describe() {
            return queue.name();
        }
    }

    /** The queue of {@code schedule_work()}, for short items. */
    @KernelVariable(header = "linux/workqueue.h")
    public static workqueue_struct system_wq() {
        return system("events", 0);
    }

    /** The system's queue of high priority. */
    @KernelVariable(header = "linux/workqueue.h")
    public static workqueue_struct system_highpri_wq() {
        return system("events_highpri", WQ_HIGHPRI);
    }

    /** The system's queue for items that take long. */
    @KernelVariable(header = "linux/workqueue.h")
    public static workqueue_struct system_long_wq() {
        return system("events_long", 0);
    }

    /** The system's queue for items that may run on any CPU, at once. */
    @KernelVariable(header = "linux/workqueue.h")
    public static workqueue_struct system_unbound_wq() {
        return system("events_unbound", WQ_UNBOUND);
    }

    /** The system's queue for items that must not run during suspend. */
    @KernelVariable(header = "linux/workqueue.h")
    public static workqueue_struct system_freezable_wq() {
        return system("events_freezable", WQ_FREEZABLE);
    }

    /** The system's queue for items that may run elsewhere to save power. */
    @KernelVariable(header = "linux/workqueue.h")
    public static workqueue_struct system_power_efficient_wq() {
        return system("events_power_efficient", WQ_POWER_EFFICIENT);
    }

    /** The system's queue for items that may run elsewhere to save power, and not during suspend. */
    @KernelVariable(header = "linux/workqueue.h")
    public static workqueue_struct system_freezable_power_efficient_wq() {
        return system("events_freezable_pwr_efficient", WQ_FREEZABLE | WQ_POWER_EFFICIENT);
    }

    private static workqueue_struct system(String name, int flags) {
        return WorkQueues.of(Simulation.current()).system(name, flags).struct();
    }

    /**
     * Makes a workqueue, named by a format and its arguments, that runs {@code max_active} items at once on each CPU
     * (unbound: in all); 0 stands for 256.
     *
     * <p>Context: process. Sleeps.
     *
     * @return the queue, or null
     */
    @KernelFunction(header = "linux/workqueue.h", sleeps = ALWAYS, pairsWith = "destroy_workqueue", simplified = FLAGS)
    public static @Nullable workqueue_struct alloc_workqueue(
            String fmt, int flags, int max_active, @Nullable Object... args) {
        return allocate(Messages.text(fmt, args), flags, max_active);
    }

    /**
     * Makes a workqueue, named by a format and its arguments, that runs one item at a time in the order of queueing.
     *
     * <p>Context: process. Sleeps.
     *
     * @return the queue, or null
     */
    @KernelFunction(header = "linux/workqueue.h", sleeps = ALWAYS, pairsWith = "destroy_workqueue", simplified = FLAGS)
    public static @Nullable workqueue_struct alloc_ordered_workqueue(String fmt, int flags, @Nullable Object... args) {
        return allocate(Messages.text(fmt, args), flags | WQ_UNBOUND, 1);
    }

    /**
     * Makes a workqueue that runs one item at a time on each CPU. New code calls {@link #alloc_workqueue}.
     *
     * <p>Context: process. Sleeps.
     *
     * @return the queue, or null
     */
    @KernelFunction(header = "linux/workqueue.h", sleeps = ALWAYS, pairsWith = "destroy_workqueue", simplified = FLAGS)
    public static @Nullable workqueue_struct create_workqueue(String name) {
        return allocate(name, WorkQueue.LEGACY | WQ_MEM_RECLAIM, 1);
    }

    /**
     * Makes a workqueue that runs one item at a time, and none during suspend. New code calls {@link #alloc_workqueue}.
     *
     * <p>Context: process. Sleeps.
     *
     * @return the queue, or null
     */
    @KernelFunction(header = "linux/workqueue.h", sleeps = ALWAYS, pairsWith = "destroy_workqueue", simplified = FLAGS)
    public static @Nullable workqueue_struct create_freezable_workqueue(String name) {
        return allocate(name, WorkQueue.LEGACY | WQ_FREEZABLE | WQ_UNBOUND | WQ_MEM_RECLAIM, 1);
    }

    /**
     * Makes a workqueue that runs one item at a time in the order of queueing. New code calls
     * {@link #alloc_ordered_workqueue}.
     *
     * <p>Context: process. Sleeps.
     *
     * @return the queue, or null
     */
    @KernelFunction(header = "linux/workqueue.h", sleeps = ALWAYS, pairsWith = "destroy_workqueue", simplified = FLAGS)
    public static @Nullable workqueue_struct create_singlethread_workqueue(String name) {
        return allocate(name, WorkQueue.LEGACY | WQ_UNBOUND | WQ_MEM_RECLAIM, 1);
    }

    private static workqueue_struct allocate(String name, int flags, int maxActive) {
        Simulation now = Simulation.current();
        String shown = Arguments.require(name, "alloc_workqueue()");
        if (shown.length() > NAME_LENGTH) {
            shown = shown.substring(0, NAME_LENGTH);
            now.log(4, "workqueue: name exceeds WQ_NAME_LEN. Truncating to: " + shown);
        }
        return WorkQueues.of(now).allocate(shown, flags, maxActive).struct();
    }

    /**
     * Waits until everything that is queued now has ended; what is queued meanwhile is not waited for, nor are timers.
     *
     * <p>Context: process, not in an item of the same queue, nor with a lock held that its items take. Sleeps.
     */
    @KernelFunction(header = "linux/workqueue.h", sleeps = ALWAYS)
    public static void flush_workqueue(workqueue_struct wq) {
        flush(wq, "flush_workqueue()");
    }

    /**
     * Waits until everything that is queued on {@code system_wq} now has ended: deprecated, for others use it too.
     *
     * <p>Context: process, not in an item of that queue, nor with a lock held that any of its items takes. Sleeps.
     */
    @KernelFunction(header = "linux/workqueue.h", sleeps = ALWAYS)
    public static void flush_scheduled_work() {
        flush(system_wq(), "flush_scheduled_work()");
    }

    private static void flush(@Nullable workqueue_struct wq, String call) {
        WorkQueue queue = Arguments.require(wq, call).queue;
        if (isAlive(queue, call)) {
            isDriversOwn(queue, call);
            workQueues().flush().flush(queue, call);
        }
    }

    /**
     * Waits until nothing is queued or running, taking only what the queue's own items queue meanwhile.
     *
     * <p>Context: process, not in an item of the same queue, nor with a lock held that its items take. Sleeps.
     */
    @KernelFunction(header = "linux/workqueue.h", sleeps = ALWAYS)
    public static void drain_workqueue(workqueue_struct wq) {
        WorkQueue queue = Arguments.require(wq, "drain_workqueue()").queue;
        if (isAlive(queue, "drain_workqueue()") && isDriversOwn(queue, "drain_workqueue()")) {
            workQueues().flush().drain(queue, "drain_workqueue()");
        }
    }

    /**
     * Drains a workqueue and frees it. Delayed work that is to be queued on it has to be cancelled before.
     *
     * <p>Context: process, not in an item of the same queue, nor with a lock held that its items take. Sleeps.
     */
    @KernelFunction(header = "linux/workqueue.h", sleeps = ALWAYS, pairsWith = "alloc_workqueue")
    public static void destroy_workqueue(workqueue_struct wq) {
        WorkQueue queue = Arguments.require(wq, "destroy_workqueue()").queue;
        if (isAlive(queue, "destroy_workqueue()") && isDriversOwn(queue, "destroy_workqueue()")) {
            workQueues().destroy(queue, "destroy_workqueue()");
        }
    }

    private static WorkQueues workQueues() {
        return WorkQueues.of(Simulation.current());
    }

    private static boolean isAlive(WorkQueue queue, String call) {
        return workQueues().isAlive(queue, call);
    }

    /** Whether a queue is not the system's, which is nobody's to wait for. */
    private static boolean isDriversOwn(WorkQueue queue, String call) {
        if (queue.isSystem()) {
            Misuses.report(
                    "flush-system-workqueue",
                    call + " of the system's workqueue '" + queue.name() + "' waits for everybody's work",
                    "WARNING: Flushing system-wide workqueues will be prohibited",
                    "flush the work items that you queued, or queue them on a workqueue of your own");
        }
        return !queue.isSystem();
    }
}
