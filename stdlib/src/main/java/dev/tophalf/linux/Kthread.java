package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.ContextKind.ATOMIC;
import static dev.tophalf.runtime.contract.ContextKind.IRQS_OFF;
import static dev.tophalf.runtime.contract.ContextKind.PROCESS;
import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;

import dev.tophalf.linux.Completion.completion;
import dev.tophalf.linux.Current.task_struct;
import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.KernelThread;
import dev.tophalf.linux.kernel.Kthreads;
import dev.tophalf.linux.kernel.Messages;
import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.linux.kernel.Tasks;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.CType;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.sched.Sleep;
import dev.tophalf.runtime.sched.Task;
import org.jspecify.annotations.Nullable;

/** {@code linux/kthread.h}: threads of the kernel ({@code kernel/kthread.c}). */
public final class Kthread {
    private Kthread() {}

    /** The function of a thread. */
    @KernelType(header = "linux/kthread.h")
    @FunctionalInterface
    public interface threadfn_t {
        /** What the thread does; returns what {@code kthread_stop()} is to return. */
        int run(@Nullable Object data);
    }

    /**
     * Makes a thread, which does not run before {@code wake_up_process()}.
     *
     * <p>Context: process. Sleeps.
     *
     * @return the thread; test it with IS_ERR()
     */
    @KernelFunction(header = "linux/kthread.h", sleeps = ALWAYS, pairsWith = "kthread_stop")
    public static task_struct kthread_create(
            threadfn_t threadfn, @Nullable Object data, String namefmt, @Nullable Object... args) {
        return struct(create(threadfn, data, Messages.text(namefmt, args), "kthread_create()"));
    }

    /**
     * Makes a thread and lets it run.
     *
     * <p>Context: process. Sleeps.
     *
     * @return the thread; test it with IS_ERR()
     */
    @KernelFunction(header = "linux/kthread.h", sleeps = ALWAYS, pairsWith = "kthread_stop")
    public static task_struct kthread_run(
            threadfn_t threadfn, @Nullable Object data, String namefmt, @Nullable Object... args) {
        KernelThread thread = create(threadfn, data, Messages.text(namefmt, args), "kthread_run()");
        thread.wake();
        return struct(thread);
    }

    /**
     * Makes a thread for one CPU, which does not run before {@code wake_up_process()}.
     *
     * <p>Context: process. Sleeps.
     *
     * @param namefmt its name, in which {@code %u} stands for the CPU's number
     * @return the thread; test it with IS_ERR()
     */
    @KernelFunction(header = "linux/kthread.h", sleeps = ALWAYS, pairsWith = "kthread_stop")
    public static task_struct kthread_create_on_cpu(
            threadfn_t threadfn, @Nullable Object data, @CType("u32") long cpu, String namefmt) {
        KernelThread thread = create(threadfn, data, Messages.text(namefmt, cpu), "kthread_create_on_cpu()");
        thread.task().bind(1 << cpu);
        return struct(thread);
    }

    private static KernelThread create(@Nullable threadfn_t function, @Nullable Object data, String name, String call) {
        return Kthreads.of(Simulation.current()).create(Arguments.require(function, call), data, name);
    }

    private static task_struct struct(KernelThread thread) {
        return Current.of(thread.task());
    }

    /**
     * Says on which CPU a thread runs that was made and has not been woken yet.
     *
     * <p>Context: process.
     */
    @KernelFunction(
            header = "linux/kthread.h",
            contexts = {PROCESS})
    public static void kthread_bind(task_struct k, @CType("u32") long cpu) {
        Task task = thread(k, "kthread_bind()").task();
        if ((task.sleep() & Sleep.NEW) == 0) {
            Misuses.report(
                    "not-a-new-kthread",
                    "kthread_bind() of " + task + ", which has run",
                    "WARNING: at kernel/kthread.c __kthread_bind_mask",
                    "make the thread with kthread_create(), bind it, then wake it up");
            return;
        }
        task.bind(1 << cpu);
    }

    /**
     * Tells a thread to end, wakes it up and waits until it has ended. A thread that may end by itself has to be kept
     * with {@link #get_task_struct}.
     *
     * <p>Context: process. Sleeps. Holds no lock that the thread needs to end.
     *
     * @return what the thread's function returned, {@code -EINTR} if it never ran
     */
    @KernelFunction(header = "linux/kthread.h", sleeps = ALWAYS, pairsWith = "kthread_run")
    public static int kthread_stop(task_struct k) {
        return thread(k, "kthread_stop()").stop();
    }

    /**
     * As {@link #kthread_stop}, and {@link #put_task_struct}.
     *
     * <p>Context: process. Sleeps. Holds no lock that the thread needs to end.
     *
     * @return what the thread's function returned, {@code -EINTR} if it never ran
     */
    @KernelFunction(header = "linux/kthread.h", sleeps = ALWAYS, pairsWith = "kthread_run")
    public static int kthread_stop_put(task_struct k) {
        int result = thread(k, "kthread_stop_put()").stop();
        put_task_struct(k);
        return result;
    }

    /**
     * Whether somebody waits in {@link #kthread_stop} for the running thread.
     *
     * <p>Context: process, with locks held and interrupts off or not, in a kthread.
     */
    @KernelFunction(
            header = "linux/kthread.h",
            contexts = {PROCESS, ATOMIC, IRQS_OFF})
    public static boolean kthread_should_stop() {
        KernelThread thread = self("kthread_should_stop()");
        return thread != null && thread.isStopping();
    }

    /**
     * Tells a thread to park and waits until it does.
     *
     * <p>Context: process. Sleeps. Holds no lock that the thread needs to park.
     *
     * @return 0; {@code -ENOSYS} if the thread ends; {@code -EBUSY} if it is told to park already
     */
    @KernelFunction(header = "linux/kthread.h", sleeps = ALWAYS, pairsWith = "kthread_unpark")
    public static int kthread_park(task_struct k) {
        KernelThread thread = thread(k, "kthread_park()");
        if (thread.hasEnded()) {
            return -Errno.ENOSYS;
        }
        if (thread.isParking()) {
            return -Errno.EBUSY;
        }
        thread.awaitParked();
        return 0;
    }

    /**
     * Lets a parked thread go on.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/kthread.h", pairsWith = "kthread_park")
    public static void kthread_unpark(task_struct k) {
        thread(k, "kthread_unpark()").unpark();
    }

    /**
     * Whether somebody waits in {@link #kthread_park} for the running thread.
     *
     * <p>Context: process, with locks held and interrupts off or not, in a kthread.
     */
    @KernelFunction(
            header = "linux/kthread.h",
            contexts = {PROCESS, ATOMIC, IRQS_OFF})
    public static boolean kthread_should_park() {
        KernelThread thread = self("kthread_should_park()");
        return thread != null && thread.isParking();
    }

    /**
     * Sleeps until {@link #kthread_unpark}, if {@link #kthread_should_park}.
     *
     * <p>Context: process, in a kthread. Sleeps.
     */
    @KernelFunction(header = "linux/kthread.h", sleeps = ALWAYS, complaint = Sched.SCHEDULING)
    public static void kthread_parkme() {
        KernelThread thread = self("kthread_parkme()");
        if (thread != null) {
            thread.park();
        }
    }

    /**
     * What a thread was made with.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/kthread.h")
    public static @Nullable Object kthread_data(task_struct task) {
        return thread(task, "kthread_data()").data();
    }

    /**
     * Completes, and ends the running thread, so that nothing of its code runs any more when the waiter goes on.
     *
     * <p>Context: process, in a kthread. Does not return.
     *
     * @param comp what to complete, or null
     */
    @KernelFunction(header = "linux/kthread.h", sleeps = ALWAYS)
    public static void kthread_complete_and_exit(@Nullable completion comp, long code) {
        KernelThread thread = self("kthread_complete_and_exit()");
        if (comp != null) {
            Completion.complete(comp);
        }
        if (thread != null) {
            throw thread.exit((int) code);
        }
    }

    /**
     * Keeps a task's struct after the task has ended.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/sched/task.h", pairsWith = "put_task_struct")
    public static task_struct get_task_struct(task_struct t) {
        Arguments.require(t, "get_task_struct()").state().addReferences(1);
        return t;
    }

    /**
     * Gives back what {@link #get_task_struct} took.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/sched/task.h", pairsWith = "get_task_struct")
    public static void put_task_struct(task_struct t) {
        Arguments.require(t, "put_task_struct()").state().addReferences(-1);
    }

    /** The thread that {@code k} is, which nobody has freed. */
    private static KernelThread thread(@Nullable task_struct k, String call) {
        task_struct struct = Arguments.require(k, call);
        KernelThread thread = struct.state().thread();
        if (thread == null) {
            throw new DriverBug(
                    call + " of " + struct.describe() + ", which is no kthread", "WARNING: at kernel/kthread.c");
        }
        if (thread.hasEnded() && !struct.state().isKept()) {
            Misuses.report(
                    "kthread-gone",
                    call + " of " + struct.describe() + ", which has ended and was freed",
                    "refcount_t: addition on 0; use-after-free.",
                    "let the thread wait for kthread_should_stop(), or keep it with get_task_struct()");
        }
        return thread;
    }

    /** The running thread, or null and a report if it is none. */
    private static @Nullable KernelThread self(String call) {
        Task task = Tasks.current();
        KernelThread thread = task == null ? null : Current.of(task).state().thread();
        if (thread == null) {
            Misuses.report(
                    "not-a-kthread",
                    call + " outside of a kthread",
                    "WARNING: at kernel/kthread.c to_kthread",
                    "call it in the function that kthread_run() was given");
        }
        return thread;
    }
}
