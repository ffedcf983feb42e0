package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;
import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.KernelFunction;

/** {@code linux/delay.h}: wait for time to pass, asleep or spinning. */
public final class Delay {
    private static final String SCHEDULING = "BUG: scheduling while atomic";

    private Delay() {}

    private static void sleep(long ns) {
        Simulation now = Simulation.current();
        now.sleepUntil(now.nowNs() + ns);
    }

    /**
     * Sleeps for {@code msecs} milliseconds of virtual time.
     *
     * <p>Context: process. Sleeps.
     */
    @KernelFunction(
            header = "linux/delay.h",
            sleeps = ALWAYS,
            complaint = SCHEDULING,
            simplified = "wakes exactly on time; Linux rounds up to the next jiffy")
    public static void msleep(int msecs) {
        sleep(MILLISECONDS.toNanos(Integer.toUnsignedLong(msecs)));
    }

    /**
     * Sleeps for {@code seconds} seconds of virtual time.
     *
     * <p>Context: process. Sleeps.
     */
    @KernelFunction(header = "linux/delay.h", sleeps = ALWAYS, complaint = SCHEDULING)
    public static void ssleep(int seconds) {
        sleep(SECONDS.toNanos(Integer.toUnsignedLong(seconds)));
    }

    /**
     * Sleeps for at least {@code min} and at most {@code max} microseconds.
     *
     * <p>Context: process. Sleeps.
     */
    @KernelFunction(
            header = "linux/delay.h",
            sleeps = ALWAYS,
            complaint = SCHEDULING,
            simplified = "always wakes after min")
    public static void usleep_range(long min, long max) {
        sleep(MICROSECONDS.toNanos(min));
    }

    /**
     * Spins for {@code usecs} microseconds of virtual time.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/delay.h")
    public static void udelay(long usecs) {
        Simulation.current().delay(MICROSECONDS.toNanos(usecs));
    }

    /**
     * Spins for {@code msecs} milliseconds of virtual time.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/delay.h")
    public static void mdelay(long msecs) {
        Simulation.current().delay(MILLISECONDS.toNanos(msecs));
    }

    /**
     * Spins for {@code nsecs} nanoseconds of virtual time.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/delay.h")
    public static void ndelay(long nsecs) {
        Simulation.current().delay(nsecs);
    }
}
