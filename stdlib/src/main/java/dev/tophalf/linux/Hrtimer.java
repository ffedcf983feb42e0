package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.ContextKind.ATOMIC;
import static dev.tophalf.runtime.contract.ContextKind.PROCESS;
import static dev.tophalf.runtime.contract.ContextKind.SOFTIRQ;
import static dev.tophalf.runtime.contract.Sleeps.CONDITIONAL;

import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.HrtimerState;
import dev.tophalf.linux.kernel.Hrtimers;
import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.CType;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.contract.KernelVariable;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import org.jspecify.annotations.Nullable;

/** {@code linux/hrtimer.h}: functions to run at a nanosecond, in hard irq context ({@code kernel/time/hrtimer.c}). */
public final class Hrtimer {
    /** The time is one of the timer's clock. */
    public static final int HRTIMER_MODE_ABS = 0;
    /** The time is counted from now. */
    public static final int HRTIMER_MODE_REL = 1;
    /** The timer stays on the CPU that starts it. */
    public static final int HRTIMER_MODE_PINNED = 2;
    /** The callback runs in softirq context. */
    public static final int HRTIMER_MODE_SOFT = 4;
    /** The callback runs in hard irq context even where others do not. */
    public static final int HRTIMER_MODE_HARD = 8;

    public static final int HRTIMER_MODE_ABS_PINNED = HRTIMER_MODE_ABS | HRTIMER_MODE_PINNED;
    public static final int HRTIMER_MODE_REL_PINNED = HRTIMER_MODE_REL | HRTIMER_MODE_PINNED;
    public static final int HRTIMER_MODE_ABS_SOFT = HRTIMER_MODE_ABS | HRTIMER_MODE_SOFT;
    public static final int HRTIMER_MODE_REL_SOFT = HRTIMER_MODE_REL | HRTIMER_MODE_SOFT;
    public static final int HRTIMER_MODE_ABS_PINNED_SOFT = HRTIMER_MODE_ABS_PINNED | HRTIMER_MODE_SOFT;
    public static final int HRTIMER_MODE_REL_PINNED_SOFT = HRTIMER_MODE_REL_PINNED | HRTIMER_MODE_SOFT;
    public static final int HRTIMER_MODE_ABS_HARD = HRTIMER_MODE_ABS | HRTIMER_MODE_HARD;
    public static final int HRTIMER_MODE_REL_HARD = HRTIMER_MODE_REL | HRTIMER_MODE_HARD;
    public static final int HRTIMER_MODE_ABS_PINNED_HARD = HRTIMER_MODE_ABS_PINNED | HRTIMER_MODE_HARD;
    public static final int HRTIMER_MODE_REL_PINNED_HARD = HRTIMER_MODE_REL_PINNED | HRTIMER_MODE_HARD;

    /** A callback returns it to end its timer. */
    public static final int HRTIMER_NORESTART = 0;
    /** A callback returns it to have its timer expire again, at the time that it has set. */
    public static final int HRTIMER_RESTART = 1;

    private static final String WARNING = "WARNING: at kernel/time/hrtimer.c hrtimer_start_range_ns";

    private Hrtimer() {}

    /** The callback of a high resolution timer. */
    @KernelType(header = "linux/hrtimer.h")
    @FunctionalInterface
    public interface hrtimer_callback_t {
        /** Called in hard irq context, or in softirq context if the mode says so, with the timer not queued. */
        int expire(hrtimer timer);
    }

    /** A high resolution timer: storage inside its struct, to be initialised before use. */
    @KernelType(header = "linux/hrtimer_types.h", embedded = true)
    public static final class hrtimer extends EmbeddedStruct {
        /** What to run when it expires, to be set after the initialisation. */
        public @Nullable hrtimer_callback_t function;

        final HrtimerState state = new HrtimerState(this);
    }

    /** How fine the clock of the timers is, in nanoseconds. */
    @KernelVariable(header = "linux/hrtimer.h")
    public static @CType("u32") long hrtimer_resolution() {
        return 1;
    }

    /**
     * Makes a timer ready for use, not started and without a function.
     *
     * <p>Context: any. The timer must not be queued.
     */
    @KernelFunction(header = "linux/hrtimer.h", pairsWith = "hrtimer_cancel")
    public static void hrtimer_init(hrtimer timer, @CType("clockid_t") int which_clock, int mode) {
        hrtimer target = Arguments.require(timer, "hrtimer_init()");
        requireIdle(target, "hrtimer_init()", "ODEBUG: init active (active state 0) object type: hrtimer");
        timers().remove(target.state);
        target.function = null;
        boolean relative = (mode & HRTIMER_MODE_REL) != 0;
        boolean real = which_clock == Time.CLOCK_TAI || (which_clock == Time.CLOCK_REALTIME && !relative);
        if (!isClock(which_clock)) {
            misuse(
                    "hrtimer_init() of " + EmbeddedStruct.nameOf(target) + " with clock " + which_clock,
                    "Invalid clockid " + which_clock + ". Using MONOTONIC",
                    "use CLOCK_MONOTONIC");
        }
        long offset = real ? Timekeeping.BOOT_REAL_SECONDS * Time64.NSEC_PER_SEC : 0;
        target.state.setUp(offset, (mode & HRTIMER_MODE_SOFT) != 0);
    }

    private static boolean isClock(int number) {
        return switch (number) {
            case Time.CLOCK_REALTIME, Time.CLOCK_MONOTONIC, Time.CLOCK_BOOTTIME, Time.CLOCK_TAI -> true;
            default -> false;
        };
    }

    /**
     * Starts a timer, whether it is queued or not, to expire at {@code tim} or, with {@code HRTIMER_MODE_REL}, that
     * long after now.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/hrtimer.h", pairsWith = "hrtimer_cancel")
    public static void hrtimer_start(hrtimer timer, @CType("ktime_t") long tim, int mode) {
        start(timer, tim, 0, mode, "hrtimer_start()");
    }

    /**
     * As {@link #hrtimer_start}; the timer may expire up to {@code range_ns} later, together with another one.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/hrtimer.h", pairsWith = "hrtimer_cancel")
    public static void hrtimer_start_range_ns(
            hrtimer timer, @CType("ktime_t") long tim, @CType("u64") long range_ns, int mode) {
        start(timer, tim, range_ns, mode, "hrtimer_start_range_ns()");
    }

    /**
     * Starts a timer to expire when it says itself.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/hrtimer.h", pairsWith = "hrtimer_cancel")
    public static void hrtimer_start_expires(hrtimer timer, int mode) {
        startAgain(timer, mode, "hrtimer_start_expires()");
    }

    /**
     * Starts a timer to expire when it said before, by its clock.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/hrtimer.h", pairsWith = "hrtimer_cancel")
    public static void hrtimer_restart(hrtimer timer) {
        startAgain(timer, HRTIMER_MODE_ABS, "hrtimer_restart()");
    }

    private static void startAgain(@Nullable hrtimer timer, int mode, String call) {
        HrtimerState state = checked(timer, call).state;
        start(timer, state.earliest(), state.expires() - state.earliest(), mode, call);
    }

    private static void start(@Nullable hrtimer timer, long time, long range, int mode, String call) {
        hrtimer target = checked(timer, call);
        if (target.function == null) {
            notInitialised(
                    call, target, "which has no function", WARNING, "set the member function after hrtimer_init()");
            return;
        }
        boolean soft = (mode & HRTIMER_MODE_SOFT) != 0;
        if (soft != target.state.isSoft()) {
            misuse(
                    call + " of " + EmbeddedStruct.nameOf(target) + (soft ? " with" : " without")
                            + " HRTIMER_MODE_SOFT, unlike hrtimer_init()",
                    WARNING,
                    "pass the same mode to both");
        }
        boolean relative = (mode & HRTIMER_MODE_REL) != 0;
        long from = relative ? Ktime.ktime_add_safe(time, target.state.now()) : time;
        target.state.setExpires(from, Ktime.ktime_add_safe(from, range));
        timers().start(target.state);
    }

    /**
     * Takes a timer off the queue and waits for its callback to end.
     *
     * <p>Context: process, atomic or softirq; not in the callback, nor with a lock held that the callback takes. Spins.
     *
     * @return 1 if it was queued, else 0
     */
    @KernelFunction(
            header = "linux/hrtimer.h",
            sleeps = CONDITIONAL,
            pairsWith = "hrtimer_start",
            contexts = {PROCESS, ATOMIC, SOFTIRQ})
    public static int hrtimer_cancel(hrtimer timer) {
        return timers().removeSync(checked(timer, "hrtimer_cancel()").state, "hrtimer_cancel()") ? 1 : 0;
    }

    /**
     * Takes a timer off the queue unless its callback runs.
     *
     * <p>Context: any.
     *
     * @return 1 if it was queued, 0 if not, -1 while the callback runs
     */
    @KernelFunction(header = "linux/hrtimer.h", pairsWith = "hrtimer_start")
    public static int hrtimer_try_to_cancel(hrtimer timer) {
        HrtimerState state = checked(timer, "hrtimer_try_to_cancel()").state;
        boolean running = timers().isRunning(state);
        return running ? -1 : timers().remove(state) ? 1 : 0;
    }

    /**
     * Moves the time of a timer by so many intervals that it is after {@code now}.
     *
     * <p>Context: any; in the callback, or when the timer is neither queued nor running.
     *
     * @return how many intervals, 0 if the timer has not expired by {@code now}
     */
    @KernelFunction(header = "linux/hrtimer.h")
    public static @CType("u64") long hrtimer_forward(
            hrtimer timer, @CType("ktime_t") long now, @CType("ktime_t") long interval) {
        return forward(checked(timer, "hrtimer_forward()"), now, interval, "hrtimer_forward()");
    }

    /**
     * Moves the time of a timer by so many intervals that it is still to come.
     *
     * <p>Context: any; in the callback, or when the timer is neither queued nor running.
     *
     * @return how many intervals, 0 if the timer has not expired yet
     */
    @KernelFunction(header = "linux/hrtimer.h")
    public static @CType("u64") long hrtimer_forward_now(hrtimer timer, @CType("ktime_t") long interval) {
        hrtimer target = checked(timer, "hrtimer_forward_now()");
        return forward(target, target.state.now(), interval, "hrtimer_forward_now()");
    }

    private static long forward(hrtimer timer, long now, long interval, String call) {
        HrtimerState state = timer.state;
        long late = now - state.expires();
        if (late < 0 || !requireIdle(timer, call, "WARNING: at kernel/time/hrtimer.c hrtimer_forward")) {
            return 0;
        }
        long step = Math.max(interval, hrtimer_resolution());
        long overruns = late / step + 1;
        state.setExpires(state.earliest() + overruns * step, state.expires() + overruns * step);
        return overruns;
    }

    /**
     * Whether a timer is queued or its callback runs.
     *
     * <p>Context: any. The answer is stable only if the caller keeps everybody else away from the timer.
     */
    @KernelFunction(header = "linux/hrtimer.h")
    public static boolean hrtimer_active(hrtimer timer) {
        HrtimerState state = checked(timer, "hrtimer_active()").state;
        return state.isArmed() || timers().isRunning(state);
    }

    /**
     * Whether a timer is to expire.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/hrtimer.h")
    public static boolean hrtimer_is_queued(hrtimer timer) {
        return Arguments.require(timer, "hrtimer_is_queued()").state.isArmed();
    }

    /**
     * Whether the callback of a timer runs.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/hrtimer.h")
    public static boolean hrtimer_callback_running(hrtimer timer) {
        return timers().isRunning(checked(timer, "hrtimer_callback_running()").state);
    }

    /**
     * How long it takes until a timer expires; less than 0 if it should have.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/hrtimer.h")
    public static @CType("ktime_t") long hrtimer_get_remaining(hrtimer timer) {
        HrtimerState state = checked(timer, "hrtimer_get_remaining()").state;
        return state.expires() - state.now();
    }

    /**
     * When a timer has to expire, by its clock.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/hrtimer.h")
    public static @CType("ktime_t") long hrtimer_get_expires(hrtimer timer) {
        return Arguments.require(timer, "hrtimer_get_expires()").state.expires();
    }

    /**
     * When a timer may expire, by its clock.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/hrtimer.h")
    public static @CType("ktime_t") long hrtimer_get_softexpires(hrtimer timer) {
        return Arguments.require(timer, "hrtimer_get_softexpires()").state.earliest();
    }

    /**
     * Says when a timer is to expire, by its clock, which it does when it is started.
     *
     * <p>Context: any. The timer must not be queued.
     */
    @KernelFunction(header = "linux/hrtimer.h")
    public static void hrtimer_set_expires(hrtimer timer, @CType("ktime_t") long time) {
        hrtimer target = Arguments.require(timer, "hrtimer_set_expires()");
        if (requireIdle(target, "hrtimer_set_expires()", "")) {
            target.state.setExpires(time, time);
        }
    }

    /**
     * The time of a timer's clock.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/hrtimer.h")
    public static @CType("ktime_t") long hrtimer_cb_get_time(hrtimer timer) {
        return checked(timer, "hrtimer_cb_get_time()").state.now();
    }

    private static Hrtimers timers() {
        return Hrtimers.of(Simulation.current());
    }

    /** The timer, which is told if nobody has initialised it. It has no function then, and is not started. */
    private static hrtimer checked(@Nullable hrtimer timer, String call) {
        hrtimer target = Arguments.require(timer, call);
        if (!target.state.isSetUp()) {
            notInitialised(
                    call,
                    target,
                    "which was never initialised",
                    "BUG: kernel NULL pointer dereference",
                    "call hrtimer_init() before anybody can use the timer");
            target.function = null;
            target.state.setUp(0, false);
        }
        return target;
    }

    private static void notInitialised(String call, hrtimer timer, String lack, String linux, String advice) {
        Misuses.report(
                "timer-not-initialised", call + " of " + EmbeddedStruct.nameOf(timer) + ", " + lack, linux, advice);
    }

    /** Whether a timer is not queued; it is told if it is. */
    private static boolean requireIdle(hrtimer timer, String call, String linux) {
        if (timer.state.isArmed()) {
            Misuses.report(
                    "timer-pending",
                    call + " of " + EmbeddedStruct.nameOf(timer) + ", which is queued",
                    linux,
                    "change a timer in its callback, or after hrtimer_cancel()");
        }
        return !timer.state.isArmed();
    }

    private static void misuse(String message, String linux, String advice) {
        Misuses.report("hrtimer-misuse", message, linux, advice);
    }
}
