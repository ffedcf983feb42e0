package dev.tophalf.linux;

import dev.tophalf.linux.Atomic.atomic_t;
import dev.tophalf.linux.kernel.AtomicCell;
import dev.tophalf.runtime.contract.KernelFunction;

/** {@code linux/atomic.h}: changes of an atomic_t that tell the number before. */
public final class AtomicFetches {
    private AtomicFetches() {}

    /**
     * Adds {@code i} to {@code v}; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_add(int i, atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_add()").fetchAdd(i);
    }

    /**
     * Adds {@code i} to {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_add_relaxed(int i, atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_add_relaxed()").fetchAdd(i);
    }

    /**
     * Adds {@code i} to {@code v}; ordered as an acquire.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_add_acquire(int i, atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_add_acquire()").fetchAdd(i);
    }

    /**
     * Adds {@code i} to {@code v}; ordered as a release.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_add_release(int i, atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_add_release()").fetchAdd(i);
    }

    /**
     * Takes {@code i} off {@code v}; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_sub(int i, atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_sub()").fetchAdd(-(long) i);
    }

    /**
     * Takes {@code i} off {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_sub_relaxed(int i, atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_sub_relaxed()").fetchAdd(-(long) i);
    }

    /**
     * Takes {@code i} off {@code v}; ordered as an acquire.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_sub_acquire(int i, atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_sub_acquire()").fetchAdd(-(long) i);
    }

    /**
     * Takes {@code i} off {@code v}; ordered as a release.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_sub_release(int i, atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_sub_release()").fetchAdd(-(long) i);
    }

    /**
     * Adds 1 to {@code v}; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_inc(atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_inc()").fetchAdd(1);
    }

    /**
     * Adds 1 to {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_inc_relaxed(atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_inc_relaxed()").fetchAdd(1);
    }

    /**
     * Adds 1 to {@code v}; ordered as an acquire.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_inc_acquire(atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_inc_acquire()").fetchAdd(1);
    }

    /**
     * Adds 1 to {@code v}; ordered as a release.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_inc_release(atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_inc_release()").fetchAdd(1);
    }

    /**
     * Takes 1 off {@code v}; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_dec(atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_dec()").fetchAdd(-1);
    }

    /**
     * Takes 1 off {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_dec_relaxed(atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_dec_relaxed()").fetchAdd(-1);
    }

    /**
     * Takes 1 off {@code v}; ordered as an acquire.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_dec_acquire(atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_dec_acquire()").fetchAdd(-1);
    }

    /**
     * Takes 1 off {@code v}; ordered as a release.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_dec_release(atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_dec_release()").fetchAdd(-1);
    }

    /**
     * Keeps the bits of {@code v} that {@code i} has; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_and(int i, atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_and()").fetchAnd(i);
    }

    /**
     * Keeps the bits of {@code v} that {@code i} has; not ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_and_relaxed(int i, atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_and_relaxed()").fetchAnd(i);
    }

    /**
     * Keeps the bits of {@code v} that {@code i} has; ordered as an acquire.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_and_acquire(int i, atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_and_acquire()").fetchAnd(i);
    }

    /**
     * Keeps the bits of {@code v} that {@code i} has; ordered as a release.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_and_release(int i, atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_and_release()").fetchAnd(i);
    }

    /**
     * Clears the bits of {@code v} that {@code i} has; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_andnot(int i, atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_andnot()").fetchAnd(~i);
    }

    /**
     * Clears the bits of {@code v} that {@code i} has; not ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_andnot_relaxed(int i, atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_andnot_relaxed()").fetchAnd(~i);
    }

    /**
     * Clears the bits of {@code v} that {@code i} has; ordered as an acquire.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_andnot_acquire(int i, atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_andnot_acquire()").fetchAnd(~i);
    }

    /**
     * Clears the bits of {@code v} that {@code i} has; ordered as a release.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_andnot_release(int i, atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_andnot_release()").fetchAnd(~i);
    }

    /**
     * Sets the bits of {@code v} that {@code i} has; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_or(int i, atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_or()").fetchOr(i);
    }

    /**
     * Sets the bits of {@code v} that {@code i} has; not ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_or_relaxed(int i, atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_or_relaxed()").fetchOr(i);
    }

    /**
     * Sets the bits of {@code v} that {@code i} has; ordered as an acquire.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_or_acquire(int i, atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_or_acquire()").fetchOr(i);
    }

    /**
     * Sets the bits of {@code v} that {@code i} has; ordered as a release.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_or_release(int i, atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_or_release()").fetchOr(i);
    }

    /**
     * Flips the bits of {@code v} that {@code i} has; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_xor(int i, atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_xor()").fetchXor(i);
    }

    /**
     * Flips the bits of {@code v} that {@code i} has; not ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_xor_relaxed(int i, atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_xor_relaxed()").fetchXor(i);
    }

    /**
     * Flips the bits of {@code v} that {@code i} has; ordered as an acquire.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_xor_acquire(int i, atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_xor_acquire()").fetchXor(i);
    }

    /**
     * Flips the bits of {@code v} that {@code i} has; ordered as a release.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static int atomic_fetch_xor_release(int i, atomic_t v) {
        return (int) AtomicCell.of(v, "atomic_fetch_xor_release()").fetchXor(i);
    }
}
