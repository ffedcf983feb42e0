package dev.tophalf.linux;

import static java.math.RoundingMode.CEILING;

import com.google.common.math.LongMath;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.CType;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelVariable;

/** {@code linux/jiffies.h}: time in ticks, and how to compare it ({@code kernel/time/time.c}). */
public final class Jiffies {
    /** Ticks in a second. */
    public static final int HZ = 250;

    /** The furthest future that can be told from the past. */
    public static final long MAX_JIFFY_OFFSET = (Long.MAX_VALUE >> 1) - 1;

    /** As in Linux the count starts five minutes before it wraps in 32 bits. */
    public static final long INITIAL_JIFFIES = (-300L * HZ) & 0xffff_ffffL;

    private static final long TICK_MS = 1_000 / HZ;
    private static final long TICK_US = 1_000_000 / HZ;
    static final long TICK_NS = 1_000_000_000 / HZ;
    private static final long UINT_MAX = 0xffff_ffffL;

    private Jiffies() {}

    /** Ticks since boot, plus the value it began with. */
    @KernelVariable(header = "linux/jiffies.h")
    public static long jiffies() {
        return INITIAL_JIFFIES + Simulation.current().nowNs() / TICK_NS;
    }

    /** The same count, which is wider than {@link #jiffies} where a {@code long} has 32 bits. */
    @KernelVariable(header = "linux/jiffies.h")
    public static @CType("u64") long jiffies_64() {
        return jiffies();
    }

    /**
     * The count of ticks in 64 bits.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/jiffies.h")
    public static @CType("u64") long get_jiffies_64() {
        return jiffies();
    }

    /** When {@link #jiffies} becomes {@code ticks}, in nanoseconds since boot. */
    public static long toNs(long ticks) {
        return (ticks - INITIAL_JIFFIES) * TICK_NS;
    }

    /**
     * Milliseconds in ticks, rounded up; what is negative as an {@code int} is for ever.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static long msecs_to_jiffies(@CType("u32") long m) {
        return (int) m < 0 ? MAX_JIFFY_OFFSET : LongMath.divide(m, TICK_MS, CEILING);
    }

    /**
     * Microseconds in ticks, rounded up.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static long usecs_to_jiffies(@CType("u32") long u) {
        return LongMath.divide(u, TICK_US, CEILING);
    }

    /**
     * Nanoseconds in ticks, rounded down.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static long nsecs_to_jiffies(@CType("u64") long n) {
        return Long.divideUnsigned(n, TICK_NS);
    }

    /**
     * Nanoseconds in ticks, rounded down.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static @CType("u64") long nsecs_to_jiffies64(@CType("u64") long n) {
        return nsecs_to_jiffies(n);
    }

    /**
     * Ticks in milliseconds.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static @CType("u32") long jiffies_to_msecs(long j) {
        return (j * TICK_MS) & UINT_MAX;
    }

    /**
     * Ticks in microseconds, as far as 32 bits hold them.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static @CType("u32") long jiffies_to_usecs(long j) {
        return (j * TICK_US) & UINT_MAX;
    }

    /**
     * Ticks in nanoseconds.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static @CType("u64") long jiffies_to_nsecs(long j) {
        return j * TICK_NS;
    }

    /**
     * Ticks in nanoseconds.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static @CType("u64") long jiffies64_to_nsecs(@CType("u64") long j) {
        return j * TICK_NS;
    }

    /**
     * Ticks in milliseconds.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static @CType("u64") long jiffies64_to_msecs(@CType("u64") long j) {
        return j * TICK_MS;
    }

    /**
     * The ticks of a difference in milliseconds; 0 if it is negative.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static @CType("u32") long jiffies_delta_to_msecs(long delta) {
        return jiffies_to_msecs(Math.max(0, delta));
    }

    /**
     * Whether the time {@code a} is after {@code b}, even if the count has wrapped between them.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static boolean time_after(long a, long b) {
        return b - a < 0;
    }

    /**
     * Whether the time {@code a} is before {@code b}, even if the count has wrapped between them.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static boolean time_before(long a, long b) {
        return time_after(b, a);
    }

    /**
     * Whether the time {@code a} is not before {@code b}.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static boolean time_after_eq(long a, long b) {
        return a - b >= 0;
    }

    /**
     * Whether the time {@code a} is not after {@code b}.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static boolean time_before_eq(long a, long b) {
        return time_after_eq(b, a);
    }

    /**
     * Whether the time {@code a} is from {@code b} to {@code c}, both included.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static boolean time_in_range(long a, long b, long c) {
        return time_after_eq(a, b) && time_before_eq(a, c);
    }

    /**
     * Whether the time {@code a} is over.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static boolean time_is_before_jiffies(long a) {
        return time_after(jiffies(), a);
    }

    /**
     * Whether the time {@code a} is still to come.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static boolean time_is_after_jiffies(long a) {
        return time_before(jiffies(), a);
    }

    /**
     * Whether the time {@code a} is from {@code b} to {@code c}, the latter not included.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static boolean time_in_range_open(long a, long b, long c) {
        return time_after_eq(a, b) && time_before(a, c);
    }

    /**
     * Whether the time {@code a} is over, or now.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static boolean time_is_before_eq_jiffies(long a) {
        return time_after_eq(jiffies(), a);
    }

    /**
     * Whether the time {@code a} is now, or still to come.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static boolean time_is_after_eq_jiffies(long a) {
        return time_before_eq(jiffies(), a);
    }

    /**
     * Whether the time {@code a} is after {@code b}, for counts in 64 bits.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static boolean time_after64(@CType("u64") long a, @CType("u64") long b) {
        return time_after(a, b);
    }

    /**
     * Whether the time {@code a} is before {@code b}, for counts in 64 bits.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static boolean time_before64(@CType("u64") long a, @CType("u64") long b) {
        return time_before(a, b);
    }

    /**
     * Whether the time {@code a} is not before {@code b}, for counts in 64 bits.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static boolean time_after_eq64(@CType("u64") long a, @CType("u64") long b) {
        return time_after_eq(a, b);
    }

    /**
     * Whether the time {@code a} is not after {@code b}, for counts in 64 bits.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static boolean time_before_eq64(@CType("u64") long a, @CType("u64") long b) {
        return time_before_eq(a, b);
    }

    /**
     * Whether the time {@code a} is from {@code b} to {@code c}, both included, for counts in 64 bits.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static boolean time_in_range64(@CType("u64") long a, @CType("u64") long b, @CType("u64") long c) {
        return time_in_range(a, b, c);
    }

    /**
     * Whether the time {@code a} is over, for counts in 64 bits.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static boolean time_is_before_jiffies64(@CType("u64") long a) {
        return time_is_before_jiffies(a);
    }

    /**
     * Whether the time {@code a} is still to come, for counts in 64 bits.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/jiffies.h", nmi = true)
    public static boolean time_is_after_jiffies64(@CType("u64") long a) {
        return time_is_after_jiffies(a);
    }
}
