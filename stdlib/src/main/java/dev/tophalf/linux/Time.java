package dev.tophalf.linux;

/** {@code uapi/linux/time.h}: the numbers of the clocks. */
public final class Time {
    /** The time since 1970. */
    public static final int CLOCK_REALTIME = 0;
    /** The time since boot. */
    public static final int CLOCK_MONOTONIC = 1;
    /** The time since boot, as the hardware counts it. */
    public static final int CLOCK_MONOTONIC_RAW = 4;
    /** The time since 1970 at the latest tick. */
    public static final int CLOCK_REALTIME_COARSE = 5;
    /** The time since boot at the latest tick. */
    public static final int CLOCK_MONOTONIC_COARSE = 6;
    /** The time since boot, suspended or not. */
    public static final int CLOCK_BOOTTIME = 7;
    /** The time since 1970 without leap seconds. */
    public static final int CLOCK_TAI = 11;

    private Time() {}
}
