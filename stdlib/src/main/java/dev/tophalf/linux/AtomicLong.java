package dev.tophalf.linux;

import dev.tophalf.linux.kernel.AtomicCell;
import dev.tophalf.runtime.contract.Initialiser;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;

/**
 * {@code linux/atomic.h}: atomic_long_t, a number of the width of a {@code long}, which has 64 bits that nobody sees half changed. It wraps around as in C, so it
 * counts events, not users: those have a {@code refcount_t} ({@code include/linux/atomic/atomic-instrumented.h}).
 */
public final class AtomicLong {
    private AtomicLong() {}

    /** A number that several may change at once: storage inside its struct, 0 at first. */
    @KernelType(header = "linux/types.h", embedded = true)
    public static final class atomic_long_t extends AtomicCell {
        public atomic_long_t() {
            super(Long.SIZE);
        }
    }

    /** A number that is {@code i} at first. */
    @Initialiser(header = "linux/atomic.h")
    public static atomic_long_t ATOMIC_LONG_INIT(atomic_long_t v, long i) {
        v.set(i);
        return v;
    }

    /**
     * The number in {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic_long_read(atomic_long_t v) {
        return AtomicCell.of(v, "atomic_long_read()").read();
    }

    /**
     * The number in {@code v}, read before everything that comes after it.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic_long_read_acquire(atomic_long_t v) {
        return AtomicCell.of(v, "atomic_long_read_acquire()").read();
    }

    /**
     * Stores {@code i} in {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic_long_set(atomic_long_t v, long i) {
        AtomicCell.of(v, "atomic_long_set()").set(i);
    }

    /**
     * Stores {@code i} in {@code v} after everything that comes before it.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic_long_set_release(atomic_long_t v, long i) {
        AtomicCell.of(v, "atomic_long_set_release()").set(i);
    }

    /**
     * Adds {@code i} to {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic_long_add(long i, atomic_long_t v) {
        AtomicCell.of(v, "atomic_long_add()").fetchAdd(i);
    }

    /**
     * Takes {@code i} off {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic_long_sub(long i, atomic_long_t v) {
        AtomicCell.of(v, "atomic_long_sub()").fetchAdd(-i);
    }

    /**
     * Adds 1 to {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic_long_inc(atomic_long_t v) {
        AtomicCell.of(v, "atomic_long_inc()").fetchAdd(1);
    }

    /**
     * Takes 1 off {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic_long_dec(atomic_long_t v) {
        AtomicCell.of(v, "atomic_long_dec()").fetchAdd(-1);
    }

    /**
     * Keeps the bits of {@code v} that {@code i} has; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic_long_and(long i, atomic_long_t v) {
        AtomicCell.of(v, "atomic_long_and()").fetchAnd(i);
    }

    /**
     * Clears the bits of {@code v} that {@code i} has; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic_long_andnot(long i, atomic_long_t v) {
        AtomicCell.of(v, "atomic_long_andnot()").fetchAnd(~i);
    }

    /**
     * Sets the bits of {@code v} that {@code i} has; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic_long_or(long i, atomic_long_t v) {
        AtomicCell.of(v, "atomic_long_or()").fetchOr(i);
    }

    /**
     * Flips the bits of {@code v} that {@code i} has; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic_long_xor(long i, atomic_long_t v) {
        AtomicCell.of(v, "atomic_long_xor()").fetchXor(i);
    }

    /**
     * Takes {@code i} off {@code v}; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether that made it 0
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic_long_sub_and_test(long i, atomic_long_t v) {
        return AtomicCell.of(v, "atomic_long_sub_and_test()").add(-i) == 0;
    }

    /**
     * Takes 1 off {@code v}; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether that made it 0
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic_long_dec_and_test(atomic_long_t v) {
        return AtomicCell.of(v, "atomic_long_dec_and_test()").add(-1) == 0;
    }

    /**
     * Adds 1 to {@code v}; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether that made it 0
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic_long_inc_and_test(atomic_long_t v) {
        return AtomicCell.of(v, "atomic_long_inc_and_test()").add(1) == 0;
    }

    /**
     * Adds {@code a} to {@code v} unless that is {@code u}; fully ordered if it adds.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether it added
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic_long_add_unless(atomic_long_t v, long a, long u) {
        return AtomicCell.of(v, "atomic_long_add_unless()").fetchAddIf(value -> value != u, a) != u;
    }

    /**
     * Adds {@code a} to {@code v} unless that is {@code u}; fully ordered if it adds.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic_long_fetch_add_unless(atomic_long_t v, long a, long u) {
        return AtomicCell.of(v, "atomic_long_fetch_add_unless()").fetchAddIf(value -> value != u, a);
    }

    /**
     * Adds 1 to {@code v} unless that is 0; fully ordered if it adds.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether it added
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic_long_inc_not_zero(atomic_long_t v) {
        return AtomicCell.of(v, "atomic_long_inc_not_zero()").fetchAddIf(value -> value != 0, 1) != 0;
    }

    /**
     * Adds 1 to {@code v} unless that is below 0; fully ordered if it adds.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether it added
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic_long_inc_unless_negative(atomic_long_t v) {
        return AtomicCell.of(v, "atomic_long_inc_unless_negative()").fetchAddIf(value -> value >= 0, 1) >= 0;
    }

    /**
     * Takes 1 off {@code v} unless that is above 0; fully ordered if it does.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether it did
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic_long_dec_unless_positive(atomic_long_t v) {
        return AtomicCell.of(v, "atomic_long_dec_unless_positive()").fetchAddIf(value -> value <= 0, -1) <= 0;
    }

    /**
     * Takes 1 off {@code v} if that is above 0; fully ordered if it does.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it less 1, so below 0 if nothing was taken off
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic_long_dec_if_positive(atomic_long_t v) {
        return (AtomicCell.of(v, "atomic_long_dec_if_positive()").fetchAddIf(value -> value > 0, -1) - 1);
    }
}
