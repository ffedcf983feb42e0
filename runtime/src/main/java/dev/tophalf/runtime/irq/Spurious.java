package dev.tophalf.runtime.irq;

/** How many of a line's latest interrupts were nobody's, as {@code kernel/irq/spurious.c} counts. */
public final class Spurious {
    /** After so many interrupts the count begins anew. */
    private static final int SAMPLE = 100_000;

    /** Interrupts that come more slowly than this may be nobody's: {@code HZ / 10}. */
    private static final long QUIET_NS = 100_000_000;

    private int count;
    private int unhandled;
    private long lastUnhandledNs;

    void reset() {
        count = 0;
        unhandled = 0;
    }

    void add(boolean claimed, long nowNs) {
        if (!claimed) {
            unhandled = nowNs > lastUnhandledNs + QUIET_NS ? 1 : unhandled + 1;
            lastUnhandledNs = nowNs;
        }
        if (++count == SAMPLE) {
            reset();
        }
    }

    /** How many interrupts were counted. */
    public int count() {
        return count;
    }

    /** How many of them nobody claimed. */
    public int unhandled() {
        return unhandled;
    }

    /** When nobody claimed one for the last time. */
    public long lastUnhandledNs() {
        return lastUnhandledNs;
    }
}
