package dev.tophalf.linux;

import static dev.tophalf.linux.Sched.MAX_SCHEDULE_TIMEOUT;
import static dev.tophalf.linux.Sched.TASK_IDLE;
import static dev.tophalf.linux.Sched.TASK_INTERRUPTIBLE;
import static dev.tophalf.linux.Sched.TASK_KILLABLE;
import static dev.tophalf.linux.Sched.TASK_UNINTERRUPTIBLE;
import static dev.tophalf.runtime.contract.ContextKind.IRQS_OFF;
import static dev.tophalf.runtime.contract.ContextKind.PROCESS;
import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;
import static dev.tophalf.runtime.contract.Sleeps.CONDITIONAL;

import dev.tophalf.linux.Spinlock.spinlock_t;
import dev.tophalf.linux.Wait.wait_queue_head_t;
import dev.tophalf.linux.kernel.EventWait;
import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.Condition;
import dev.tophalf.runtime.contract.KernelFunction;

/**
 * {@code linux/wait.h}: sleeping until a condition holds, which whoever makes it true has to wake the queue for ({@code
 * kernel/sched/wait.c}).
 */
public final class WaitEvents {
    private WaitEvents() {}

    /**
     * Sleeps until {@code condition} holds; it is looked at now, and whenever somebody wakes the queue.
     *
     * <p>Context: process. Sleeps.
     */
    @KernelFunction(header = "linux/wait.h", sleeps = ALWAYS, pairsWith = "wake_up")
    public static void wait_event(wait_queue_head_t wq_head, Condition condition) {
        await(wq_head, "wait_event()", condition, TASK_UNINTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
    }

    /**
     * Sleeps until {@code condition} holds, for {@code timeout} jiffies at most.
     *
     * <p>Context: process. Sleeps.
     *
     * @return the jiffies that are left, but at least 1; 0 if {@code condition} does not hold when the time is over
     */
    @KernelFunction(header = "linux/wait.h", sleeps = ALWAYS, pairsWith = "wake_up")
    public static long wait_event_timeout(wait_queue_head_t wq_head, Condition condition, long timeout) {
        return await(wq_head, "wait_event_timeout()", condition, TASK_UNINTERRUPTIBLE, timeout);
    }

    /**
     * Sleeps until {@code condition} holds, or until a signal comes.
     *
     * <p>Context: process. Sleeps.
     *
     * @return 0; {@code -ERESTARTSYS} if a signal ended the wait
     */
    @KernelFunction(header = "linux/wait.h", sleeps = ALWAYS, pairsWith = "wake_up_interruptible")
    public static int wait_event_interruptible(wait_queue_head_t wq_head, Condition condition) {
        return error(await(wq_head, "wait_event_interruptible()", condition, TASK_INTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT));
    }

    /**
     * Sleeps until {@code condition} holds, or until a signal comes, for {@code timeout} jiffies at most.
     *
     * <p>Context: process. Sleeps.
     *
     * @return the jiffies that are left, but at least 1; 0 if {@code condition} does not hold when the time is over;
     *     {@code -ERESTARTSYS} if a signal ended the wait
     */
    @KernelFunction(header = "linux/wait.h", sleeps = ALWAYS, pairsWith = "wake_up_interruptible")
    public static long wait_event_interruptible_timeout(wait_queue_head_t wq_head, Condition condition, long timeout) {
        return await(wq_head, "wait_event_interruptible_timeout()", condition, TASK_INTERRUPTIBLE, timeout);
    }

    /**
     * As {@link #wait_event_interruptible}, one of those of whom a wake-up wakes one.
     *
     * <p>Context: process. Sleeps.
     *
     * @return 0; {@code -ERESTARTSYS} if a signal ended the wait
     */
    @KernelFunction(header = "linux/wait.h", sleeps = ALWAYS, pairsWith = "wake_up_interruptible")
    public static int wait_event_interruptible_exclusive(wait_queue_head_t wq_head, Condition condition) {
        return error(awaitExclusive(wq_head, "wait_event_interruptible_exclusive()", condition, TASK_INTERRUPTIBLE));
    }

    /**
     * Sleeps until {@code condition} holds, or until a fatal signal comes.
     *
     * <p>Context: process. Sleeps.
     *
     * @return 0; {@code -ERESTARTSYS} if a signal ended the wait
     */
    @KernelFunction(header = "linux/wait.h", sleeps = ALWAYS, pairsWith = "wake_up")
    public static int wait_event_killable(wait_queue_head_t wq_head, Condition condition) {
        return error(await(wq_head, "wait_event_killable()", condition, TASK_KILLABLE, MAX_SCHEDULE_TIMEOUT));
    }

    /**
     * Sleeps until {@code condition} holds, or until a fatal signal comes, for {@code timeout} jiffies at most.
     *
     * <p>Context: process. Sleeps.
     *
     * @return the jiffies that are left, but at least 1; 0 if {@code condition} does not hold when the time is over;
     *     {@code -ERESTARTSYS} if a signal ended the wait
     */
    @KernelFunction(header = "linux/wait.h", sleeps = ALWAYS, pairsWith = "wake_up")
    public static long wait_event_killable_timeout(wait_queue_head_t wq_head, Condition condition, long timeout) {
        return await(wq_head, "wait_event_killable_timeout()", condition, TASK_KILLABLE, timeout);
    }

    /**
     * As {@link #wait_event_killable}, one of those of whom a wake-up wakes one.
     *
     * <p>Context: process. Sleeps.
     *
     * @return 0; {@code -ERESTARTSYS} if a signal ended the wait
     */
    @KernelFunction(header = "linux/wait.h", sleeps = ALWAYS, pairsWith = "wake_up")
    public static int wait_event_killable_exclusive(wait_queue_head_t wq_head, Condition condition) {
        return error(awaitExclusive(wq_head, "wait_event_killable_exclusive()", condition, TASK_KILLABLE));
    }

    /**
     * As {@link #wait_event}, for a task that has nothing to do until then.
     *
     * <p>Context: process. Sleeps.
     */
    @KernelFunction(header = "linux/wait.h", sleeps = ALWAYS, pairsWith = "wake_up")
    public static void wait_event_idle(wait_queue_head_t wq_head, Condition condition) {
        await(wq_head, "wait_event_idle()", condition, TASK_IDLE, MAX_SCHEDULE_TIMEOUT);
    }

    /**
     * As {@link #wait_event_timeout}, for a task that has nothing to do until then.
     *
     * <p>Context: process. Sleeps.
     *
     * @return the jiffies that are left, but at least 1; 0 if {@code condition} does not hold when the time is over
     */
    @KernelFunction(header = "linux/wait.h", sleeps = ALWAYS, pairsWith = "wake_up")
    public static long wait_event_idle_timeout(wait_queue_head_t wq_head, Condition condition, long timeout) {
        return await(wq_head, "wait_event_idle_timeout()", condition, TASK_IDLE, timeout);
    }

    /**
     * As {@link #wait_event_idle}, one of those of whom a wake-up wakes one.
     *
     * <p>Context: process. Sleeps.
     */
    @KernelFunction(header = "linux/wait.h", sleeps = ALWAYS, pairsWith = "wake_up")
    public static void wait_event_idle_exclusive(wait_queue_head_t wq_head, Condition condition) {
        awaitExclusive(wq_head, "wait_event_idle_exclusive()", condition, TASK_IDLE);
    }

    /**
     * As {@link #wait_event}, for input or output.
     *
     * <p>Context: process. Sleeps.
     */
    @KernelFunction(
            header = "linux/wait.h",
            sleeps = ALWAYS,
            pairsWith = "wake_up",
            simplified = "nobody counts who waits for a disk")
    public static void io_wait_event(wait_queue_head_t wq_head, Condition condition) {
        await(wq_head, "io_wait_event()", condition, TASK_UNINTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
    }

    /**
     * As {@link #wait_event_interruptible}, in a kthread that system sleep may freeze.
     *
     * <p>Context: process. Sleeps.
     *
     * @return 0; {@code -ERESTARTSYS} if a signal ended the wait
     */
    @KernelFunction(
            header = "linux/wait.h",
            sleeps = ALWAYS,
            pairsWith = "wake_up_interruptible",
            simplified = "the machine never goes to sleep")
    public static int wait_event_freezable(wait_queue_head_t wq_head, Condition condition) {
        return error(await(wq_head, "wait_event_freezable()", condition, TASK_INTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT));
    }

    /**
     * Sleeps until {@code condition} holds, which is looked at with {@code lock} held.
     *
     * <p>Context: {@code lock} held by spin_lock_irq(), and nothing else. Sleeps, with {@code lock} given back meanwhile.
     */
    @KernelFunction(
            header = "linux/wait.h",
            sleeps = CONDITIONAL,
            contexts = {IRQS_OFF},
            pairsWith = "wake_up")
    public static void wait_event_lock_irq(wait_queue_head_t wq_head, Condition condition, spinlock_t lock) {
        locked(wq_head, "wait_event_lock_irq()", condition, lock, TASK_UNINTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
    }

    /**
     * Sleeps until {@code condition} holds, which is looked at with {@code lock} held, or until a signal comes.
     *
     * <p>Context: {@code lock} held by spin_lock_irq(), and nothing else. Sleeps, with {@code lock} given back meanwhile.
     *
     * @return 0; {@code -ERESTARTSYS} if a signal ended the wait
     */
    @KernelFunction(
            header = "linux/wait.h",
            sleeps = CONDITIONAL,
            contexts = {IRQS_OFF},
            pairsWith = "wake_up")
    public static int wait_event_interruptible_lock_irq(
            wait_queue_head_t wq_head, Condition condition, spinlock_t lock) {
        return error(locked(
                wq_head,
                "wait_event_interruptible_lock_irq()",
                condition,
                lock,
                TASK_INTERRUPTIBLE,
                MAX_SCHEDULE_TIMEOUT));
    }

    /**
     * Sleeps until {@code condition} holds, which is looked at with {@code lock} held, for {@code timeout} jiffies at most.
     *
     * <p>Context: {@code lock} held by spin_lock_irq(), and nothing else. Sleeps, with {@code lock} given back meanwhile.
     *
     * @return the jiffies that are left, but at least 1; 0 if {@code condition} does not hold when the time is over
     */
    @KernelFunction(
            header = "linux/wait.h",
            sleeps = CONDITIONAL,
            contexts = {IRQS_OFF},
            pairsWith = "wake_up")
    public static long wait_event_lock_irq_timeout(
            wait_queue_head_t wq_head, Condition condition, spinlock_t lock, long timeout) {
        return locked(wq_head, "wait_event_lock_irq_timeout()", condition, lock, TASK_UNINTERRUPTIBLE, timeout);
    }

    /**
     * Sleeps until {@code condition} holds, which is looked at with {@code lock} held, or until a signal comes, for
     * {@code timeout} jiffies at most.
     *
     * <p>Context: {@code lock} held by spin_lock_irq(), and nothing else. Sleeps, with {@code lock} given back meanwhile.
     *
     * @return the jiffies that are left, but at least 1; 0 if {@code condition} does not hold when the time is over;
     *     {@code -ERESTARTSYS} if a signal ended the wait
     */
    @KernelFunction(
            header = "linux/wait.h",
            sleeps = CONDITIONAL,
            contexts = {IRQS_OFF},
            pairsWith = "wake_up")
    public static long wait_event_interruptible_lock_irq_timeout(
            wait_queue_head_t wq_head, Condition condition, spinlock_t lock, long timeout) {
        return locked(
                wq_head, "wait_event_interruptible_lock_irq_timeout()", condition, lock, TASK_INTERRUPTIBLE, timeout);
    }

    private static int error(long result) {
        return (int) Math.min(0, result);
    }

    private static long await(wait_queue_head_t head, String call, Condition condition, int state, long timeout) {
        return new EventWait(Wait.waiters(head, call), condition, state, false).await(timeout);
    }

    private static long awaitExclusive(wait_queue_head_t head, String call, Condition condition, int state) {
        return new EventWait(Wait.waiters(head, call), condition, state, true).await(MAX_SCHEDULE_TIMEOUT);
    }

    private static long locked(
            wait_queue_head_t head, String call, Condition condition, spinlock_t lock, int state, long timeout) {
        return new EventWait(Wait.waiters(head, call), condition, state, false)
                .around(() -> unlock(lock, call), () -> Spinlock.spin_lock_irq(lock))
                .await(timeout);
    }

    private static void unlock(spinlock_t lock, String call) {
        Spinlock.spin_unlock_irq(lock);
        if (Simulation.current().cpu().contextKind() != PROCESS) {
            Misuses.report(
                    "wait-with-lock-held",
                    call + " sleeps with more than its own lock held",
                    "BUG: scheduling while atomic",
                    "give every other lock back before the wait");
        }
    }
}
