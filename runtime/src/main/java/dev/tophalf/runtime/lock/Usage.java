package dev.tophalf.runtime.lock;

/**
 * Where locks of a class were taken, as bits of a mask, numbered as {@code enum lock_usage_bit}: bit 0 of the number says
 * that it was read, bit 1 that interrupts were on rather than served, bit 2 that these are softirqs.
 */
final class Usage {
    static final int READ = 1;
    static final int ENABLED = 2;
    static final int SOFTIRQ = 4;
    static final int COUNT = 8;

    /** All bits of who serves interrupts. */
    static final int USED_IN = bits(0) | bits(READ) | bits(SOFTIRQ) | bits(SOFTIRQ | READ);

    static final int IS_ENABLED = USED_IN << ENABLED;

    /** All bits of who writes. */
    private static final int WRITES = bits(0) | bits(ENABLED) | bits(SOFTIRQ) | bits(SOFTIRQ | ENABLED);

    private Usage() {}

    static int bits(int number) {
        return 1 << number;
    }

    /** The number whose bit excludes {@code number}: the other direction, written. */
    static int excludes(int number) {
        return (number ^ ENABLED) & ~READ;
    }

    /** {@code number} and the same read. */
    static int bothModes(int number) {
        return bits(number) | bits(number | READ);
    }

    /** The bits that exclude any of {@code mask}, read or written ({@code exclusive_mask()}). */
    static int exclusive(int mask) {
        int inverted = (mask & IS_ENABLED) >> ENABLED | (mask & USED_IN) << ENABLED;
        int written = (inverted & WRITES) | ((inverted & ~WRITES) >> READ);
        return written | (written << READ);
    }

    /** The bits that count for who came along a path that ends with a recursive reader, or does not. */
    static int counting(int mask, boolean onlyRecursive) {
        return onlyRecursive ? mask & WRITES : mask;
    }

    /** Whether a bit is about softirqs. */
    static boolean isSoft(int number) {
        return (number & SOFTIRQ) != 0;
    }

    /** The context in words. */
    static String context(int number) {
        return isSoft(number) ? "softirq" : "hard irq";
    }
}
