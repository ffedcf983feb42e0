package dev.tophalf.linux;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.KernelVariable;

/** {@code linux/jiffies.h}: time in ticks. */
public final class Jiffies {
    /** Ticks in a second. */
    public static final int HZ = 250;

    /** As in Linux the count starts five minutes before it wraps in 32 bits. */
    private static final long INITIAL_JIFFIES = (-300L * HZ) & 0xffff_ffffL;

    private static final long TICK_NS = 1_000_000_000L / HZ;

    private Jiffies() {}

    /** Ticks since boot, plus the value it began with. */
    @KernelVariable(header = "linux/jiffies.h")
    public static long jiffies() {
        return INITIAL_JIFFIES + Simulation.current().nowNs() / TICK_NS;
    }

    /** When {@link #jiffies} becomes {@code ticks}, in nanoseconds since boot. */
    public static long toNs(long ticks) {
        return (ticks - INITIAL_JIFFIES) * TICK_NS;
    }
}
