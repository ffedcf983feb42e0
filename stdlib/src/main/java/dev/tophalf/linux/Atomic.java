package dev.tophalf.linux;

import dev.tophalf.linux.kernel.AtomicCell;
import dev.tophalf.runtime.contract.Initialiser;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;

/**
 * {@code linux/atomic.h}: atomic_t, a number of 32 bits that nobody sees half changed. It wraps around as in C, so it
 * counts events, not users: those have a {@code refcount_t} ({@code include/linux/atomic/atomic-instrumented.h}).
 */
public final class Atomic {
    private Atomic() {}

    /** A number that several may change at once: storage inside its struct, 0 at first. */
    @KernelType(header = "linux/types.h", embedded = true)
    public static final class atomic_t extends AtomicCell {
        public atomic_t() {
            super(Integer.SIZE);
        }
    }

    /** A number that is {@code i} at first. */
    @Initialiser(header = "linux/atomic.h")
    public static atomic_t ATOMIC_INIT(atomic_t v, int i) {
        v.set(i);
        return v;
    }

    /**
     * The number in {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_read(atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_read()").read();
    }

    /**
     * The number in {@code v}, read before everything that comes after it.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_read_acquire(atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_read_acquire()").read();
    }

    /**
     * Stores {@code i} in {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic_set(atomic_t v, int i) {
        AtomicCell.of(v, "atomic_set()").set(i);
    }

    /**
     * Stores {@code i} in {@code v} after everything that comes before it.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic_set_release(atomic_t v, int i) {
        AtomicCell.of(v, "atomic_set_release()").set(i);
    }

    /**
     * Adds {@code i} to {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic_add(int i, atomic_t v) {
        AtomicCell.of(v, "atomic_add()").fetchAdd(i);
    }

    /**
     * Takes {@code i} off {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic_sub(int i, atomic_t v) {
        AtomicCell.of(v, "atomic_sub()").fetchAdd(-(long) i);
    }

    /**
     * Adds 1 to {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic_inc(atomic_t v) {
        AtomicCell.of(v, "atomic_inc()").fetchAdd(1);
    }

    /**
     * Takes 1 off {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic_dec(atomic_t v) {
        AtomicCell.of(v, "atomic_dec()").fetchAdd(-1);
    }

    /**
     * Keeps the bits of {@code v} that {@code i} has; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic_and(int i, atomic_t v) {
        AtomicCell.of(v, "atomic_and()").fetchAnd(i);
    }

    /**
     * Clears the bits of {@code v} that {@code i} has; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic_andnot(int i, atomic_t v) {
        AtomicCell.of(v, "atomic_andnot()").fetchAnd(~i);
    }

    /**
     * Sets the bits of {@code v} that {@code i} has; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic_or(int i, atomic_t v) {
        AtomicCell.of(v, "atomic_or()").fetchOr(i);
    }

    /**
     * Flips the bits of {@code v} that {@code i} has; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void atomic_xor(int i, atomic_t v) {
        AtomicCell.of(v, "atomic_xor()").fetchXor(i);
    }

    /**
     * Takes {@code i} off {@code v}; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether that made it 0
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic_sub_and_test(int i, atomic_t v) {
        return AtomicCell.of(v, "atomic_sub_and_test()").add(-(long) i) == 0;
    }

    /**
     * Takes 1 off {@code v}; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether that made it 0
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic_dec_and_test(atomic_t v) {
        return AtomicCell.of(v, "atomic_dec_and_test()").add(-1) == 0;
    }

    /**
     * Adds 1 to {@code v}; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether that made it 0
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic_inc_and_test(atomic_t v) {
        return AtomicCell.of(v, "atomic_inc_and_test()").add(1) == 0;
    }

    /**
     * Adds {@code a} to {@code v} unless that is {@code u}; fully ordered if it adds.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether it added
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic_add_unless(atomic_t v, int a, int u) {
        return AtomicCell.of(v, "atomic_add_unless()").fetchAddIf(value -> value != u, a) != u;
    }

    /**
     * Adds {@code a} to {@code v} unless that is {@code u}; fully ordered if it adds.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_add_unless(atomic_t v, int a, int u) {
        return (int) AtomicCell.of(v, "atomic_fetch_add_unless()").fetchAddIf(value -> value != u, a);
    }

    /**
     * Adds 1 to {@code v} unless that is 0; fully ordered if it adds.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether it added
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic_inc_not_zero(atomic_t v) {
        return AtomicCell.of(v, "atomic_inc_not_zero()").fetchAddIf(value -> value != 0, 1) != 0;
    }

    /**
     * Adds 1 to {@code v} unless that is below 0; fully ordered if it adds.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether it added
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic_inc_unless_negative(atomic_t v) {
        return AtomicCell.of(v, "atomic_inc_unless_negative()").fetchAddIf(value -> value >= 0, 1) >= 0;
    }

    /**
     * Takes 1 off {@code v} unless that is above 0; fully ordered if it does.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether it did
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic_dec_unless_positive(atomic_t v) {
        return AtomicCell.of(v, "atomic_dec_unless_positive()").fetchAddIf(value -> value <= 0, -1) <= 0;
    }

    /**
     * Takes 1 off {@code v} if that is above 0; fully ordered if it does.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it less 1, so below 0 if nothing was taken off
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_dec_if_positive(atomic_t v) {
        return (int) (AtomicCell.of(v, "atomic_dec_if_positive()").fetchAddIf(value -> value > 0, -1) - 1);
    }
}
