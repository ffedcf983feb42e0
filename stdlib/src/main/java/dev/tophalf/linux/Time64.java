package dev.tophalf.linux;

/** {@code vdso/time64.h}: how many of a unit of time make another. */
public final class Time64 {
    /** Milliseconds in a second. */
    public static final long MSEC_PER_SEC = 1_000;
    /** Microseconds in a millisecond. */
    public static final long USEC_PER_MSEC = 1_000;
    /** Microseconds in a second. */
    public static final long USEC_PER_SEC = 1_000_000;
    /** Nanoseconds in a microsecond. */
    public static final long NSEC_PER_USEC = 1_000;
    /** Nanoseconds in a millisecond. */
    public static final long NSEC_PER_MSEC = 1_000_000;
    /** Nanoseconds in a second. */
    public static final long NSEC_PER_SEC = 1_000_000_000;
    /** Picoseconds in a second. */
    public static final long PSEC_PER_SEC = 1_000_000_000_000L;
    /** Femtoseconds in a second. */
    public static final long FSEC_PER_SEC = 1_000_000_000_000_000L;

    private Time64() {}
}
