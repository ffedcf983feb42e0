package dev.tophalf.linux;

import static dev.tophalf.linux.Sched.MAX_SCHEDULE_TIMEOUT;
import static dev.tophalf.linux.Sched.TASK_INTERRUPTIBLE;
import static dev.tophalf.linux.Sched.TASK_KILLABLE;
import static dev.tophalf.linux.Sched.TASK_NORMAL;
import static dev.tophalf.linux.Sched.TASK_UNINTERRUPTIBLE;
import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;

import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.EventWait;
import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.linux.kernel.StackFrame;
import dev.tophalf.linux.kernel.Waiters;
import dev.tophalf.runtime.contract.CType;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.Initialiser;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import org.jspecify.annotations.Nullable;

/** {@code linux/completion.h}: waiting for somebody to be done ({@code kernel/sched/completion.c}). */
public final class Completion {
    /** What {@code complete_all()} counts: enough for everybody, for ever. */
    private static final long FOR_ALL = 0xffff_ffffL;

    private Completion() {}

    /** A completion: storage, to be initialised before use. */
    @KernelType(header = "linux/completion.h", embedded = true)
    public static final class completion extends EmbeddedStruct {
        /** How many waits can end at once. */
        @CType("u32")
        public long done;

        final Waiters waiters = new Waiters("completion", this);

        private @Nullable StackFrame frame;

        private boolean consume() {
            if (done == 0) {
                return false;
            }
            if (done != FOR_ALL) {
                done--;
            }
            return true;
        }
    }

    /** Defines a completion. */
    @DefinitionMacro(header = "linux/completion.h", declares = "%s")
    public static completion DECLARE_COMPLETION(@Name String work) {
        completion made = EmbeddedStruct.embed(new completion(), null, work);
        init_completion(made);
        return made;
    }

    /** A completion that nothing has completed yet. */
    @Initialiser(header = "linux/completion.h")
    public static completion COMPLETION_INITIALIZER(completion x, @Name String work) {
        init_completion(x);
        return x;
    }

    /** Defines a completion that is a local variable. */
    @DefinitionMacro(header = "linux/completion.h", declares = "%s")
    public static completion DECLARE_COMPLETION_ONSTACK(@Name String work) {
        completion made = DECLARE_COMPLETION(work);
        made.frame = StackFrame.current();
        return made;
    }

    /**
     * Makes a completion ready for use, not done.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/completion.h")
    public static void init_completion(completion x) {
        completion target = Arguments.require(x, "init_completion()");
        target.done = 0;
        target.waiters.init();
    }

    /**
     * Makes a completion that was done ready for its next use. Nobody may wait for it.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/completion.h")
    public static void reinit_completion(completion x) {
        checked(x, "reinit_completion()").done = 0;
    }

    /**
     * Sleeps until somebody calls {@link #complete}, or has called it and nobody else has waited for that.
     *
     * <p>Context: process. Sleeps.
     */
    @KernelFunction(header = "linux/completion.h", sleeps = ALWAYS, pairsWith = "complete")
    public static void wait_for_completion(completion x) {
        await(x, "wait_for_completion()", TASK_UNINTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
    }

    /**
     * As {@link #wait_for_completion}, for {@code timeout} jiffies at most.
     *
     * <p>Context: process. Sleeps.
     *
     * @return the jiffies that are left, but at least 1; 0 if the time is over
     */
    @KernelFunction(header = "linux/completion.h", sleeps = ALWAYS, pairsWith = "complete")
    public static @CType("u64") long wait_for_completion_timeout(completion x, @CType("u64") long timeout) {
        return await(x, "wait_for_completion_timeout()", TASK_UNINTERRUPTIBLE, timeout);
    }

    /**
     * As {@link #wait_for_completion}, or until a signal comes.
     *
     * <p>Context: process. Sleeps.
     *
     * @return 0; {@code -ERESTARTSYS} if a signal ended the wait
     */
    @KernelFunction(header = "linux/completion.h", sleeps = ALWAYS, pairsWith = "complete")
    public static int wait_for_completion_interruptible(completion x) {
        return (int)
                Math.min(0, await(x, "wait_for_completion_interruptible()", TASK_INTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT));
    }

    /**
     * As {@link #wait_for_completion_interruptible}, for {@code timeout} jiffies at most.
     *
     * <p>Context: process. Sleeps.
     *
     * @return the jiffies that are left, but at least 1; 0 if the time is over;
     *     {@code -ERESTARTSYS} if a signal ended the wait
     */
    @KernelFunction(header = "linux/completion.h", sleeps = ALWAYS, pairsWith = "complete")
    public static long wait_for_completion_interruptible_timeout(completion x, @CType("u64") long timeout) {
        return await(x, "wait_for_completion_interruptible_timeout()", TASK_INTERRUPTIBLE, timeout);
    }

    /**
     * As {@link #wait_for_completion}, or until a fatal signal comes.
     *
     * <p>Context: process. Sleeps.
     *
     * @return 0; {@code -ERESTARTSYS} if a signal ended the wait
     */
    @KernelFunction(header = "linux/completion.h", sleeps = ALWAYS, pairsWith = "complete")
    public static int wait_for_completion_killable(completion x) {
        return (int) Math.min(0, await(x, "wait_for_completion_killable()", TASK_KILLABLE, MAX_SCHEDULE_TIMEOUT));
    }

    /**
     * As {@link #wait_for_completion_killable}, for {@code timeout} jiffies at most.
     *
     * <p>Context: process. Sleeps.
     *
     * @return the jiffies that are left, but at least 1; 0 if the time is over;
     *     {@code -ERESTARTSYS} if a signal ended the wait
     */
    @KernelFunction(header = "linux/completion.h", sleeps = ALWAYS, pairsWith = "complete")
    public static long wait_for_completion_killable_timeout(completion x, @CType("u64") long timeout) {
        return await(x, "wait_for_completion_killable_timeout()", TASK_KILLABLE, timeout);
    }

    /**
     * As {@link #wait_for_completion}, for input or output.
     *
     * <p>Context: process. Sleeps.
     */
    @KernelFunction(
            header = "linux/completion.h",
            sleeps = ALWAYS,
            pairsWith = "complete",
            simplified = "nobody counts who waits for a disk")
    public static void wait_for_completion_io(completion x) {
        await(x, "wait_for_completion_io()", TASK_UNINTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
    }

    /**
     * As {@link #wait_for_completion_timeout}, for input or output.
     *
     * <p>Context: process. Sleeps.
     *
     * @return the jiffies that are left, but at least 1; 0 if the time is over
     */
    @KernelFunction(
            header = "linux/completion.h",
            sleeps = ALWAYS,
            pairsWith = "complete",
            simplified = "nobody counts who waits for a disk")
    public static @CType("u64") long wait_for_completion_io_timeout(completion x, @CType("u64") long timeout) {
        return await(x, "wait_for_completion_io_timeout()", TASK_UNINTERRUPTIBLE, timeout);
    }

    /**
     * Ends a wait that would not have to wait.
     *
     * <p>Context: any. Does not sleep.
     *
     * @return whether it would not
     */
    @KernelFunction(header = "linux/completion.h", pairsWith = "complete")
    public static boolean try_wait_for_completion(completion x) {
        return checked(x, "try_wait_for_completion()").consume();
    }

    /**
     * Whether a wait would not have to wait. The answer may be old when the caller gets it.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/completion.h")
    public static boolean completion_done(completion x) {
        return checked(x, "completion_done()").done != 0;
    }

    /**
     * Lets one wait end: that of who has waited longest, or else the next one.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/completion.h", pairsWith = "wait_for_completion")
    public static void complete(completion x) {
        completion target = checked(x, "complete()");
        if (target.done != FOR_ALL) {
            target.done++;
        }
        target.waiters.wake(TASK_NORMAL, 1);
    }

    /**
     * Lets all waits end, those to come as well, until {@link #reinit_completion}.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/completion.h", pairsWith = "wait_for_completion")
    public static void complete_all(completion x) {
        completion target = checked(x, "complete_all()");
        target.done = FOR_ALL;
        target.waiters.wake(TASK_NORMAL, 0);
    }

    private static long await(@Nullable completion x, String call, int state, long timeout) {
        completion target = checked(x, call);
        return new EventWait(target.waiters, target::consume, state, true).await(timeout);
    }

    private static completion checked(@Nullable completion x, String call) {
        completion target = Arguments.require(x, call);
        if (!target.waiters.isInitialised()) {
            Misuses.report(
                    "wait-not-initialised",
                    call + " of " + EmbeddedStruct.nameOf(target) + ", which was never initialised",
                    "BUG: spinlock bad magic",
                    "call init_completion() before anybody can wait for it, or complete it");
            target.waiters.init();
        }
        if (target.frame != null && target.frame.isGone()) {
            Misuses.report(
                    "use-after-return",
                    call + " of " + EmbeddedStruct.nameOf(target)
                            + ", a local variable of a function that has returned",
                    "BUG: KASAN: stack-out-of-bounds",
                    "keep who completes away before the function returns, also when the wait has timed out");
        }
        return target;
    }
}
