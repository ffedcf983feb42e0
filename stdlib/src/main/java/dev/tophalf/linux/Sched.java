package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.ContextKind.ATOMIC;
import static dev.tophalf.runtime.contract.ContextKind.IRQS_OFF;
import static dev.tophalf.runtime.contract.ContextKind.PROCESS;
import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;

import dev.tophalf.linux.Cpumask.cpumask;
import dev.tophalf.linux.Current.task_struct;
import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.Tasks;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.sched.Task;

/** {@code linux/sched.h}: how tasks sleep and wake up ({@code kernel/sched/core.c}). */
public final class Sched {
    /** It does not sleep. */
    public static final int TASK_RUNNING = 0;
    /** A signal wakes it, as well as who wakes it. */
    public static final int TASK_INTERRUPTIBLE = 0x1;
    /** Only who wakes it does. */
    public static final int TASK_UNINTERRUPTIBLE = 0x2;
    /** A fatal signal wakes it. */
    public static final int TASK_WAKEKILL = 0x100;
    /** It counts for no load, and may sleep as long as it likes. */
    public static final int TASK_NOLOAD = 0x400;
    /** As uninterruptible, but a fatal signal wakes it. */
    public static final int TASK_KILLABLE = TASK_WAKEKILL | TASK_UNINTERRUPTIBLE;
    /** As uninterruptible, for who has nothing to do. */
    public static final int TASK_IDLE = TASK_UNINTERRUPTIBLE | TASK_NOLOAD;
    /** What an ordinary wake-up ends. */
    public static final int TASK_NORMAL = TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE;

    /** A time-out that never comes. */
    public static final long MAX_SCHEDULE_TIMEOUT = Long.MAX_VALUE;

    static final String SCHEDULING = "BUG: scheduling while atomic";
    private static final Awaited WAKE_UP = Awaited.of("wake_up_process()", () -> false);

    private Sched() {}

    /**
     * Says how the running task is about to sleep. Whoever wakes it from now on is not missed, so a condition is tested
     * after this.
     *
     * <p>Context: process, with locks held and interrupts off or not.
     */
    @KernelFunction(
            header = "linux/sched.h",
            contexts = {PROCESS, ATOMIC, IRQS_OFF})
    public static void set_current_state(int state_value) {
        Tasks.setState(state_value);
    }

    /**
     * As {@link #set_current_state}, without a memory barrier.
     *
     * <p>Context: process, with locks held and interrupts off or not.
     */
    @KernelFunction(
            header = "linux/sched.h",
            contexts = {PROCESS, ATOMIC, IRQS_OFF},
            simplified = "orders as set_current_state() does")
    public static void __set_current_state(int state_value) {
        Tasks.setState(state_value);
    }

    /**
     * How the running task is about to sleep; {@code TASK_RUNNING} if it is not, or has been woken since it said so.
     *
     * <p>Context: process, with locks held and interrupts off or not.
     */
    @KernelFunction(
            header = "linux/sched.h",
            contexts = {PROCESS, ATOMIC, IRQS_OFF})
    public static int get_current_state() {
        return Tasks.state();
    }

    /**
     * Gives up the CPU: until somebody wakes the running task if it said how it sleeps, else until its next turn.
     *
     * <p>Context: process. Sleeps.
     */
    @KernelFunction(header = "linux/sched.h", sleeps = ALWAYS, complaint = SCHEDULING)
    public static void schedule() {
        Tasks.schedule(MAX_SCHEDULE_TIMEOUT, WAKE_UP);
    }

    /**
     * As {@link #schedule}, for {@code timeout} jiffies at most.
     *
     * <p>Context: process. Sleeps, if the running task said how.
     *
     * @return the jiffies that are left, 0 if the time is over
     */
    @KernelFunction(header = "linux/sched.h", sleeps = ALWAYS, complaint = SCHEDULING)
    public static long schedule_timeout(long timeout) {
        return Tasks.schedule(timeout, WAKE_UP);
    }

    /**
     * Sleeps for {@code timeout} jiffies, or until somebody wakes the task, or a signal does.
     *
     * <p>Context: process. Sleeps.
     *
     * @return the jiffies that are left, 0 if the time is over
     */
    @KernelFunction(header = "linux/sched.h", sleeps = ALWAYS, complaint = SCHEDULING)
    public static long schedule_timeout_interruptible(long timeout) {
        return scheduleTimeout(TASK_INTERRUPTIBLE, timeout);
    }

    /**
     * Sleeps for {@code timeout} jiffies, or until somebody wakes the task, or a fatal signal does.
     *
     * <p>Context: process. Sleeps.
     *
     * @return the jiffies that are left, 0 if the time is over
     */
    @KernelFunction(header = "linux/sched.h", sleeps = ALWAYS, complaint = SCHEDULING)
    public static long schedule_timeout_killable(long timeout) {
        return scheduleTimeout(TASK_KILLABLE, timeout);
    }

    /**
     * Sleeps for {@code timeout} jiffies, or until somebody wakes the task.
     *
     * <p>Context: process. Sleeps.
     *
     * @return the jiffies that are left, 0 if the time is over
     */
    @KernelFunction(header = "linux/sched.h", sleeps = ALWAYS, complaint = SCHEDULING)
    public static long schedule_timeout_uninterruptible(long timeout) {
        return scheduleTimeout(TASK_UNINTERRUPTIBLE, timeout);
    }

    /**
     * As {@link #schedule_timeout_uninterruptible}, for a task that has nothing to do.
     *
     * <p>Context: process. Sleeps.
     *
     * @return the jiffies that are left, 0 if the time is over
     */
    @KernelFunction(header = "linux/sched.h", sleeps = ALWAYS, complaint = SCHEDULING)
    public static long schedule_timeout_idle(long timeout) {
        return scheduleTimeout(TASK_IDLE, timeout);
    }

    private static long scheduleTimeout(int state, long timeout) {
        Tasks.setState(state);
        return Tasks.schedule(timeout, WAKE_UP);
    }

    /**
     * Wakes a task that sleeps in an ordinary way, or is about to.
     *
     * <p>Context: any.
     *
     * @return 1 if it was woken, 0 if it runs
     */
    @KernelFunction(header = "linux/sched.h")
    public static int wake_up_process(task_struct tsk) {
        return wake(tsk, TASK_NORMAL, "wake_up_process()");
    }

    /**
     * Wakes a task that sleeps in one of the ways of {@code state}, or is about to.
     *
     * <p>Context: any.
     *
     * @return 1 if it was woken, else 0
     */
    @KernelFunction(header = "linux/sched.h")
    public static int wake_up_state(task_struct tsk, int state) {
        return wake(tsk, state, "wake_up_state()");
    }

    private static int wake(task_struct tsk, int states, String call) {
        Task task = Arguments.require(tsk, call).task;
        return task != null && Simulation.current().scheduler().wake(task, states) ? 1 : 0;
    }

    /**
     * Says on which CPUs a task may run. It leaves any other, the caller before this returns.
     *
     * <p>Context: process. Sleeps.
     *
     * @return 0, or {@code -EINVAL} if no CPU of the set is online
     */
    @KernelFunction(
            header = "linux/sched.h",
            sleeps = ALWAYS,
            simplified = "a task that runs on another CPU leaves it when it next gives it up")
    public static int set_cpus_allowed_ptr(task_struct p, cpumask new_mask) {
        String call = "set_cpus_allowed_ptr()";
        Task task = Arguments.require(p, call).task;
        int mask = Arguments.require(new_mask, call).bits() & Cpumask.online();
        if (mask == 0) {
            return -Errno.EINVAL;
        }
        if (task != null) {
            Simulation.current().scheduler().allow(task, mask);
        }
        return 0;
    }

    /**
     * Lets other tasks of this CPU run first. Waiting for an event is nearly always better.
     *
     * <p>Context: process. Sleeps.
     */
    @KernelFunction(header = "linux/sched.h", sleeps = ALWAYS, complaint = SCHEDULING)
    @SuppressWarnings("NamedLikeContextualKeyword") // the kernel's name
    public static void yield() {
        Tasks.setState(TASK_RUNNING);
        Tasks.schedule(MAX_SCHEDULE_TIMEOUT, WAKE_UP);
    }

    /**
     * Lets another task of this CPU run if there is one that should.
     *
     * <p>Context: process. Sleeps.
     *
     * @return 1 if it has
     */
    @KernelFunction(header = "linux/sched.h", sleeps = ALWAYS, simplified = "returns 0")
    public static int cond_resched() {
        Simulation.current().scheduler().offer();
        return 0;
    }

    /**
     * Says that this function can sleep, so that a call from where it must not is found even if it does not.
     *
     * <p>Context: process.
     */
    @KernelFunction(header = "linux/kernel.h", sleeps = ALWAYS)
    public static void might_sleep() {}
}
