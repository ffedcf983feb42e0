package dev.tophalf.linux;

import static dev.tophalf.linux.Time64.NSEC_PER_MSEC;
import static dev.tophalf.linux.Time64.NSEC_PER_SEC;
import static dev.tophalf.linux.Time64.NSEC_PER_USEC;

import dev.tophalf.runtime.contract.CType;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.contract.KernelFunction;

/** {@code linux/ktime.h}: times as a {@code ktime_t}, which is a number of nanoseconds with a sign. */
public final class Ktime {
    /** The furthest time. */
    public static final long KTIME_MAX = Long.MAX_VALUE;
    /** The earliest time. */
    public static final long KTIME_MIN = Long.MIN_VALUE;
    /** {@link #KTIME_MAX} in seconds. */
    public static final long KTIME_SEC_MAX = KTIME_MAX / NSEC_PER_SEC;
    /** {@link #KTIME_MIN} in seconds. */
    public static final long KTIME_SEC_MIN = KTIME_MIN / NSEC_PER_SEC;

    private Ktime() {}

    /**
     * Seconds and nanoseconds as a time; {@link #KTIME_MAX} for more seconds than fit.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/ktime.h", nmi = true)
    public static long ktime_set(long secs, @CType("ulong") long nsecs) {
        return secs >= KTIME_SEC_MAX ? KTIME_MAX : secs * NSEC_PER_SEC + nsecs;
    }

    /**
     * The sum of two times.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/ktime.h", nmi = true)
    public static long ktime_add(long lhs, long rhs) {
        return lhs + rhs;
    }

    /**
     * The sum of two times that are not negative; {@link #KTIME_MAX} if it does not fit.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/ktime.h", nmi = true)
    public static long ktime_add_safe(long lhs, long rhs) {
        long sum = lhs + rhs;
        return sum < 0 || sum < lhs || sum < rhs ? KTIME_MAX : sum;
    }

    /**
     * The difference of two times.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/ktime.h", nmi = true)
    public static long ktime_sub(long lhs, long rhs) {
        return lhs - rhs;
    }

    /**
     * The time so many nanoseconds later.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/ktime.h", nmi = true)
    public static long ktime_add_ns(long kt, @CType("u64") long nsec) {
        return kt + nsec;
    }

    /**
     * The time so many microseconds later.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/ktime.h", nmi = true)
    public static long ktime_add_us(long kt, @CType("u64") long usec) {
        return kt + usec * NSEC_PER_USEC;
    }

    /**
     * The time so many milliseconds later.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/ktime.h", nmi = true)
    public static long ktime_add_ms(long kt, @CType("u64") long msec) {
        return kt + msec * NSEC_PER_MSEC;
    }

    /**
     * The time so many nanoseconds earlier.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/ktime.h", nmi = true)
    public static long ktime_sub_ns(long kt, @CType("u64") long nsec) {
        return kt - nsec;
    }

    /**
     * The time so many microseconds earlier.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/ktime.h", nmi = true)
    public static long ktime_sub_us(long kt, @CType("u64") long usec) {
        return kt - usec * NSEC_PER_USEC;
    }

    /**
     * The time so many milliseconds earlier.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/ktime.h", nmi = true)
    public static long ktime_sub_ms(long kt, @CType("u64") long msec) {
        return kt - msec * NSEC_PER_MSEC;
    }

    /**
     * Less than 0 if {@code cmp1} is before {@code cmp2}, 0 if they are the same, else more than 0.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/ktime.h", nmi = true)
    public static int ktime_compare(long cmp1, long cmp2) {
        return Long.compare(cmp1, cmp2);
    }

    /**
     * Whether {@code cmp1} is before {@code cmp2}.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/ktime.h", nmi = true)
    public static boolean ktime_before(long cmp1, long cmp2) {
        return cmp1 < cmp2;
    }

    /**
     * Whether {@code cmp1} is after {@code cmp2}.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/ktime.h", nmi = true)
    public static boolean ktime_after(long cmp1, long cmp2) {
        return cmp1 > cmp2;
    }

    /**
     * A time in nanoseconds.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/ktime.h", nmi = true)
    public static long ktime_to_ns(long kt) {
        return kt;
    }

    /**
     * A time in microseconds, the rest cut off.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/ktime.h", nmi = true)
    public static long ktime_to_us(long kt) {
        return kt / NSEC_PER_USEC;
    }

    /**
     * A time in milliseconds, the rest cut off.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/ktime.h", nmi = true)
    public static long ktime_to_ms(long kt) {
        return kt / NSEC_PER_MSEC;
    }

    /**
     * From {@code earlier} to {@code later} in microseconds.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/ktime.h", nmi = true)
    public static long ktime_us_delta(long later, long earlier) {
        return (later - earlier) / NSEC_PER_USEC;
    }

    /**
     * From {@code earlier} to {@code later} in milliseconds.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/ktime.h", nmi = true)
    public static long ktime_ms_delta(long later, long earlier) {
        return (later - earlier) / NSEC_PER_MSEC;
    }

    /**
     * Nanoseconds as a time.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/ktime.h", nmi = true)
    public static long ns_to_ktime(@CType("u64") long ns) {
        return ns;
    }

    /**
     * Milliseconds as a time.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/ktime.h", nmi = true)
    public static long ms_to_ktime(@CType("u64") long ms) {
        return ms * NSEC_PER_MSEC;
    }

    /**
     * A time divided by a number of nanoseconds.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/ktime.h", nmi = true)
    public static long ktime_divns(long kt, long div) {
        if (div == 0) {
            throw new DriverBug("ktime_divns() divides by 0", "divide error");
        }
        return kt / div;
    }
}
