package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.memory.Contents;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** A number in memory that is read and changed in one step, and wraps around where its bits end. */
public abstract class AtomicCell extends EmbeddedStruct implements Contents {
    private final int bits;
    private long value;

    /** @param bits how many bits it has: 32 or 64 */
    protected AtomicCell(int bits) {
        this.bits = bits;
    }

    /** The number that a driver passed to {@code call}, which must be one. */
    public static AtomicCell of(@Nullable AtomicCell v, String call) {
        return Arguments.require(v, call);
    }

    @Override
    public final String contents(Simulation simulation) {
        return Long.toString(value);
    }

    public final long read() {
        return value;
    }

    public final void set(long number) {
        value = bits == Integer.SIZE ? (int) number : number;
    }

    /** Stores {@code number}; what was there before it. */
    public final long exchange(long number) {
        long before = value;
        set(number);
        return before;
    }

    /** Adds {@code amount}; the sum. */
    public final long add(long amount) {
        set(value + amount);
        return value;
    }

    /** Adds {@code amount}; what was there before it. */
    public final long fetchAdd(long amount) {
        return exchange(value + amount);
    }

    /** Adds {@code amount} if {@code condition} is true of the number; what was there before it. */
    public final long fetchAddIf(LongPredicate condition, long amount) {
        return condition.test(value) ? fetchAdd(amount) : value;
    }

    /** Keeps the bits that {@code mask} has; what was there before it. */
    public final long fetchAnd(long mask) {
        return exchange(value & mask);
    }

    /** Sets the bits that {@code mask} has; what was there before it. */
    public final long fetchOr(long mask) {
        return exchange(value | mask);
    }

    /** Flips the bits that {@code mask} has; what was there before it. */
    public final long fetchXor(long mask) {
        return exchange(value ^ mask);
    }

    /** Stores {@code number} if {@code expected} is there; what was there before it. */
    public final long compareAndExchange(long expected, long number) {
        return value == expected ? exchange(number) : value;
    }
}
