package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.ContextKind.PROCESS;
import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;
import static dev.tophalf.runtime.contract.Sleeps.CONDITIONAL;
import static java.math.RoundingMode.CEILING;
import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.google.common.math.LongMath;
import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.linux.kernel.Tasks;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.CType;
import dev.tophalf.runtime.contract.ConstantLimit;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.sched.Task;

/** {@code linux/delay.h}: wait for time to pass, asleep or spinning. */
public final class Delay {
    private static final String SCHEDULING = "BUG: scheduling while atomic";
    private static final String TICK = "wakes at the first tick that is not too early; Linux may be a tick late";
    private static final String MIN = "always wakes after min";
    private static final long SPIN_LIMIT = 20_000;
    private static final String INSTEAD = "; use msleep(), or mdelay() where the caller must not sleep";

    private Delay() {}

    /** Sleeps until the first tick after that many milliseconds. */
    private static void sleepToTick(long msecs) {
        if (msecs != 0) {
            Simulation.current().sleepUntil(tickAfter(msecs) * Jiffies.TICK_NS);
        }
    }

    /** The first tick after that many milliseconds, counted from boot. */
    private static long tickAfter(long msecs) {
        long dueNs = Simulation.current().nowNs() + MILLISECONDS.toNanos(msecs);
        return LongMath.divide(dueNs, Jiffies.TICK_NS, CEILING);
    }

    private static void sleepAtLeast(long min, long max, String call) {
        if (Long.compareUnsigned(min, max) > 0) {
            Misuses.report(
                    "sleep-range-reversed",
                    call + " from " + Long.toUnsignedString(min) + " to " + Long.toUnsignedString(max)
                            + " microseconds",
                    "",
                    "pass the least number of microseconds first");
        }
        Simulation now = Simulation.current();
        now.sleepUntil(now.nowNs() + MICROSECONDS.toNanos(min));
    }

    /**
     * Sleeps for at least {@code msecs} milliseconds of virtual time.
     *
     * <p>Context: process. Sleeps, unless {@code msecs} is 0.
     */
    @KernelFunction(header = "linux/delay.h", sleeps = ALWAYS, complaint = SCHEDULING, simplified = TICK)
    public static void msleep(@CType("u32") long msecs) {
        sleepToTick(msecs);
    }

    /**
     * As {@link #msleep}, but ends early if a signal comes.
     *
     * <p>Context: process. Sleeps, unless {@code msecs} is 0.
     *
     * @return 0, or the milliseconds that were left
     */
    @KernelFunction(header = "linux/delay.h", sleeps = ALWAYS, complaint = SCHEDULING, simplified = TICK)
    public static @CType("ulong") long msleep_interruptible(@CType("u32") long msecs) {
        Task task = Tasks.current();
        if (task == null || Simulation.current().cpu().contextKind() != PROCESS) {
            sleepToTick(msecs);
            return 0;
        }
        long left = msecs == 0 ? 0 : tickAfter(msecs) - Simulation.current().nowNs() / Jiffies.TICK_NS;
        while (left != 0 && !Tasks.isSignalled(task, Sched.TASK_INTERRUPTIBLE)) {
            left = Sched.schedule_timeout_interruptible(left);
        }
        return Jiffies.jiffies_to_msecs(left);
    }

    /**
     * Sleeps for at least {@code seconds} seconds of virtual time.
     *
     * <p>Context: process. Sleeps, unless {@code seconds} is 0.
     */
    @KernelFunction(header = "linux/delay.h", sleeps = ALWAYS, complaint = SCHEDULING, simplified = TICK)
    public static void ssleep(@CType("u32") long seconds) {
        sleepToTick(seconds * Time64.MSEC_PER_SEC);
    }

    /**
     * Sleeps for at least {@code min} and about {@code max} microseconds.
     *
     * <p>Context: process. Sleeps.
     */
    @KernelFunction(header = "linux/delay.h", sleeps = ALWAYS, complaint = SCHEDULING, simplified = MIN)
    public static void usleep_range(@CType("ulong") long min, @CType("ulong") long max) {
        sleepAtLeast(min, max, "usleep_range()");
    }

    /**
     * As {@link #usleep_range}, but does not count as load.
     *
     * <p>Context: process. Sleeps.
     */
    @KernelFunction(header = "linux/delay.h", sleeps = ALWAYS, complaint = SCHEDULING, simplified = MIN)
    public static void usleep_idle_range(@CType("ulong") long min, @CType("ulong") long max) {
        sleepAtLeast(min, max, "usleep_idle_range()");
    }

    /**
     * As {@link #usleep_range}, in the task state {@code state}. Whatever that is, it sleeps for the whole time.
     *
     * <p>Context: process. Sleeps.
     */
    @KernelFunction(header = "linux/delay.h", sleeps = ALWAYS, complaint = SCHEDULING, simplified = MIN)
    public static void usleep_range_state(
            @CType("ulong") long min, @CType("ulong") long max, @CType("u32") long state) {
        sleepAtLeast(min, max, "usleep_range_state()");
    }

    /**
     * Waits for at least {@code usecs} microseconds in the way that fits: up to 10 it spins, up to 20,000 it sleeps to
     * the microsecond, from there on to the tick.
     *
     * <p>Context: process. Sleeps, unless {@code usecs} is 10 or less.
     */
    @KernelFunction(
            header = "linux/delay.h",
            sleeps = CONDITIONAL,
            complaint = SCHEDULING,
            contexts = {PROCESS})
    public static void fsleep(@CType("ulong") long usecs) {
        if (Long.compareUnsigned(usecs, 10) <= 0) {
            udelay(usecs);
        } else if (Long.compareUnsigned(usecs, 20_000) <= 0) {
            usleep_range(usecs, 2 * usecs);
        } else {
            msleep(LongMath.divide(usecs, Time64.USEC_PER_MSEC, CEILING));
        }
    }

    /**
     * Spins for {@code n} microseconds of virtual time. A constant has to be below 20,000.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/delay.h")
    public static void udelay(
            @ConstantLimit(
                            value = SPIN_LIMIT,
                            message = "does not link: constants from 20000 on call __bad_udelay(), which is nowhere"
                                    + INSTEAD)
                    long n) {
        Simulation.current().delay(MICROSECONDS.toNanos(n));
    }

    /**
     * Spins for {@code n} milliseconds of virtual time.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/delay.h")
    public static void mdelay(long n) {
        Simulation.current().delay(MILLISECONDS.toNanos(n));
    }

    /**
     * Spins for {@code x} nanoseconds of virtual time. A constant has to be below 20,000.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/delay.h")
    public static void ndelay(
            @ConstantLimit(
                            value = SPIN_LIMIT,
                            message = "does not link: constants from 20000 on call __bad_ndelay(), which is nowhere"
                                    + "; use udelay()")
                    long x) {
        Simulation.current().delay(x);
    }
}
