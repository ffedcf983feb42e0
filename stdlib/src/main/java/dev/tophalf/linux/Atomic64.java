package dev.tophalf.linux;

import dev.tophalf.linux.kernel.AtomicCell;
import dev.tophalf.runtime.contract.Initialiser;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;

/**
 * {@code linux/atomic.h}: atomic64_t, a number of 64 bits that nobody sees half changed. It wraps around as in C, so it
 * counts events, not users: those have a {@code refcount_t} ({@code include/linux/atomic/atomic-instrumented.h}).
 */
public final class Atomic64 {
    private Atomic64() {}

    /** A number that several may change at once: storage inside its struct, 0 at first. */
    @KernelType(header = "linux/types.h", embedded = true)
    public static final class atomic64_t extends AtomicCell {
        public atomic64_t() {
            super(Long.SIZE);
        }
    }

    /** A number that is {@code i} at first. */
    @Initialiser(header = "linux/atomic.h")
    public static atomic64_t ATOMIC64_INIT(atomic64_t v, long i) {
        v.set(i);
        return v;
    }

    /**
     * The number in {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_read(atomic64_t v) {
        return AtomicCell.of(v, "atomic64_read()").read();
    }

    /**
     * The number in {@code v}, read before everything that comes after it.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_read_acquire(atomic64_t v) {
        return AtomicCell.of(v, "atomic64_read_acquire()").read();
    }

    /**
     * Stores {@code i} in {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic64_set(atomic64_t v, long i) {
        AtomicCell.of(v, "atomic64_set()").set(i);
    }

    /**
     * Stores {@code i} in {@code v} after everything that comes before it.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic64_set_release(atomic64_t v, long i) {
        AtomicCell.of(v, "atomic64_set_release()").set(i);
    }

    /**
     * Adds {@code i} to {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic64_add(long i, atomic64_t v) {
        AtomicCell.of(v, "atomic64_add()").fetchAdd(i);
    }

    /**
     * Takes {@code i} off {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic64_sub(long i, atomic64_t v) {
        AtomicCell.of(v, "atomic64_sub()").fetchAdd(-i);
    }

    /**
     * Adds 1 to {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic64_inc(atomic64_t v) {
        AtomicCell.of(v, "atomic64_inc()").fetchAdd(1);
    }

    /**
     * Takes 1 off {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic64_dec(atomic64_t v) {
        AtomicCell.of(v, "atomic64_dec()").fetchAdd(-1);
    }

    /**
     * Keeps the bits of {@code v} that {@code i} has; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic64_and(long i, atomic64_t v) {
        AtomicCell.of(v, "atomic64_and()").fetchAnd(i);
    }

    /**
     * Clears the bits of {@code v} that {@code i} has; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic64_andnot(long i, atomic64_t v) {
        AtomicCell.of(v, "atomic64_andnot()").fetchAnd(~i);
    }

    /**
     * Sets the bits of {@code v} that {@code i} has; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic64_or(long i, atomic64_t v) {
        AtomicCell.of(v, "atomic64_or()").fetchOr(i);
    }

    /**
     * Flips the bits of {@code v} that {@code i} has; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic64_xor(long i, atomic64_t v) {
        AtomicCell.of(v, "atomic64_xor()").fetchXor(i);
    }

    /**
     * Takes {@code i} off {@code v}; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether that made it 0
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic64_sub_and_test(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_sub_and_test()").add(-i) == 0;
    }

    /**
     * Takes 1 off {@code v}; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether that made it 0
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic64_dec_and_test(atomic64_t v) {
        return AtomicCell.of(v, "atomic64_dec_and_test()").add(-1) == 0;
    }

    /**
     * Adds 1 to {@code v}; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether that made it 0
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic64_inc_and_test(atomic64_t v) {
        return AtomicCell.of(v, "atomic64_inc_and_test()").add(1) == 0;
    }

    /**
     * Adds {@code a} to {@code v} unless that is {@code u}; fully ordered if it adds.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether it added
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic64_add_unless(atomic64_t v, long a, long u) {
        return AtomicCell.of(v, "atomic64_add_unless()").fetchAddIf(value -> value != u, a) != u;
    }

    /**
     * Adds {@code a} to {@code v} unless that is {@code u}; fully ordered if it adds.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_add_unless(atomic64_t v, long a, long u) {
        return AtomicCell.of(v, "atomic64_fetch_add_unless()").fetchAddIf(value -> value != u, a);
    }

    /**
     * Adds 1 to {@code v} unless that is 0; fully ordered if it adds.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether it added
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic64_inc_not_zero(atomic64_t v) {
        return AtomicCell.of(v, "atomic64_inc_not_zero()").fetchAddIf(value -> value != 0, 1) != 0;
    }

    /**
     * Adds 1 to {@code v} unless that is below 0; fully ordered if it adds.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether it added
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic64_inc_unless_negative(atomic64_t v) {
        return AtomicCell.of(v, "atomic64_inc_unless_negative()").fetchAddIf(value -> value >= 0, 1) >= 0;
    }

    /**
     * Takes 1 off {@code v} unless that is above 0; fully ordered if it does.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether it did
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic64_dec_unless_positive(atomic64_t v) {
        return AtomicCell.of(v, "atomic64_dec_unless_positive()").fetchAddIf(value -> value <= 0, -1) <= 0;
    }

    /**
     * Takes 1 off {@code v} if that is above 0; fully ordered if it does.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it less 1, so below 0 if nothing was taken off
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_dec_if_positive(atomic64_t v) {
        return (AtomicCell.of(v, "atomic64_dec_if_positive()").fetchAddIf(value -> value > 0, -1) - 1);
    }
}
