package dev.tophalf.linux;

import static dev.tophalf.linux.Time64.NSEC_PER_SEC;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.CType;
import dev.tophalf.runtime.contract.KernelFunction;

/** {@code linux/timekeeping.h}: the kernel's clocks ({@code kernel/time/timekeeping.c}). */
public final class Timekeeping {
    /** Every machine boots at the same real time, 2024-11-17 00:00:00 UTC: the day on which Linux 6.12 came out. */
    static final long BOOT_REAL_SECONDS = 1_731_801_600;

    private static final String SUSPEND = "the same as ktime_get(): the machine is never suspended";
    private static final String RAW = "the same as ktime_get(): nobody adjusts the clock";

    private Timekeeping() {}

    private static long nowNs() {
        return Simulation.current().nowNs();
    }

    private static long realNs() {
        return BOOT_REAL_SECONDS * NSEC_PER_SEC + nowNs();
    }

    private static long coarse(long ns) {
        return ns - ns % Jiffies.TICK_NS;
    }

    /**
     * The time since boot.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/timekeeping.h")
    public static long ktime_get() {
        return nowNs();
    }

    /**
     * The time since boot, in nanoseconds.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/timekeeping.h")
    public static @CType("u64") long ktime_get_ns() {
        return nowNs();
    }

    /**
     * The time since 1970.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/timekeeping.h")
    public static long ktime_get_real() {
        return realNs();
    }

    /**
     * The time since 1970, in nanoseconds.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/timekeeping.h")
    public static @CType("u64") long ktime_get_real_ns() {
        return realNs();
    }

    /**
     * The time since boot, suspended or not.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/timekeeping.h", simplified = SUSPEND)
    public static long ktime_get_boottime() {
        return nowNs();
    }

    /**
     * The time since boot, suspended or not, in nanoseconds.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/timekeeping.h", simplified = SUSPEND)
    public static @CType("u64") long ktime_get_boottime_ns() {
        return nowNs();
    }

    /**
     * The time since boot, as the hardware counts it.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/timekeeping.h", simplified = RAW)
    public static long ktime_get_raw() {
        return nowNs();
    }

    /**
     * The time since boot as the hardware counts it, in nanoseconds.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/timekeeping.h", simplified = RAW)
    public static @CType("u64") long ktime_get_raw_ns() {
        return nowNs();
    }

    /**
     * The time since boot at the latest tick.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/timekeeping.h")
    public static long ktime_get_coarse() {
        return coarse(nowNs());
    }

    /**
     * The time since boot at the latest tick, in nanoseconds.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/timekeeping.h")
    public static @CType("u64") long ktime_get_coarse_ns() {
        return coarse(nowNs());
    }

    /**
     * The time since 1970 at the latest tick.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/timekeeping.h")
    public static long ktime_get_coarse_real() {
        return coarse(nowNs()) + BOOT_REAL_SECONDS * NSEC_PER_SEC;
    }

    /**
     * The time since 1970 at the latest tick, in nanoseconds.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/timekeeping.h")
    public static @CType("u64") long ktime_get_coarse_real_ns() {
        return coarse(nowNs()) + BOOT_REAL_SECONDS * NSEC_PER_SEC;
    }

    /**
     * The time since boot in seconds.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/timekeeping.h")
    public static long ktime_get_seconds() {
        return coarse(nowNs()) / NSEC_PER_SEC;
    }

    /**
     * The time since 1970 in seconds.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/timekeeping.h")
    public static long ktime_get_real_seconds() {
        return BOOT_REAL_SECONDS + ktime_get_seconds();
    }
}
