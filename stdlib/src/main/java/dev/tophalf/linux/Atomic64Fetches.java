package dev.tophalf.linux;

import dev.tophalf.linux.Atomic64.atomic64_t;
import dev.tophalf.linux.kernel.AtomicCell;
import dev.tophalf.runtime.contract.KernelFunction;

/** {@code linux/atomic.h}: changes of an atomic64_t that tell the number before. */
public final class Atomic64Fetches {
    private Atomic64Fetches() {}

    /**
     * Adds {@code i} to {@code v}; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_add(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_add()").fetchAdd(i);
    }

    /**
     * Adds {@code i} to {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_add_relaxed(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_add_relaxed()").fetchAdd(i);
    }

    /**
     * Adds {@code i} to {@code v}; ordered as an acquire.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_add_acquire(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_add_acquire()").fetchAdd(i);
    }

    /**
     * Adds {@code i} to {@code v}; ordered as a release.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_add_release(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_add_release()").fetchAdd(i);
    }

    /**
     * Takes {@code i} off {@code v}; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_sub(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_sub()").fetchAdd(-i);
    }

    /**
     * Takes {@code i} off {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_sub_relaxed(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_sub_relaxed()").fetchAdd(-i);
    }

    /**
     * Takes {@code i} off {@code v}; ordered as an acquire.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_sub_acquire(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_sub_acquire()").fetchAdd(-i);
    }

    /**
     * Takes {@code i} off {@code v}; ordered as a release.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_sub_release(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_sub_release()").fetchAdd(-i);
    }

    /**
     * Adds 1 to {@code v}; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_inc(atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_inc()").fetchAdd(1);
    }

    /**
     * Adds 1 to {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_inc_relaxed(atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_inc_relaxed()").fetchAdd(1);
    }

    /**
     * Adds 1 to {@code v}; ordered as an acquire.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_inc_acquire(atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_inc_acquire()").fetchAdd(1);
    }

    /**
     * Adds 1 to {@code v}; ordered as a release.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_inc_release(atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_inc_release()").fetchAdd(1);
    }

    /**
     * Takes 1 off {@code v}; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_dec(atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_dec()").fetchAdd(-1);
    }

    /**
     * Takes 1 off {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_dec_relaxed(atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_dec_relaxed()").fetchAdd(-1);
    }

    /**
     * Takes 1 off {@code v}; ordered as an acquire.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_dec_acquire(atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_dec_acquire()").fetchAdd(-1);
    }

    /**
     * Takes 1 off {@code v}; ordered as a release.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_dec_release(atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_dec_release()").fetchAdd(-1);
    }

    /**
     * Keeps the bits of {@code v} that {@code i} has; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_and(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_and()").fetchAnd(i);
    }

    /**
     * Keeps the bits of {@code v} that {@code i} has; not ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_and_relaxed(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_and_relaxed()").fetchAnd(i);
    }

    /**
     * Keeps the bits of {@code v} that {@code i} has; ordered as an acquire.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_and_acquire(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_and_acquire()").fetchAnd(i);
    }

    /**
     * Keeps the bits of {@code v} that {@code i} has; ordered as a release.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_and_release(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_and_release()").fetchAnd(i);
    }

    /**
     * Clears the bits of {@code v} that {@code i} has; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_andnot(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_andnot()").fetchAnd(~i);
    }

    /**
     * Clears the bits of {@code v} that {@code i} has; not ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_andnot_relaxed(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_andnot_relaxed()").fetchAnd(~i);
    }

    /**
     * Clears the bits of {@code v} that {@code i} has; ordered as an acquire.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_andnot_acquire(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_andnot_acquire()").fetchAnd(~i);
    }

    /**
     * Clears the bits of {@code v} that {@code i} has; ordered as a release.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_andnot_release(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_andnot_release()").fetchAnd(~i);
    }

    /**
     * Sets the bits of {@code v} that {@code i} has; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_or(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_or()").fetchOr(i);
    }

    /**
     * Sets the bits of {@code v} that {@code i} has; not ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_or_relaxed(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_or_relaxed()").fetchOr(i);
    }

    /**
     * Sets the bits of {@code v} that {@code i} has; ordered as an acquire.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_or_acquire(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_or_acquire()").fetchOr(i);
    }

    /**
     * Sets the bits of {@code v} that {@code i} has; ordered as a release.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_or_release(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_or_release()").fetchOr(i);
    }

    /**
     * Flips the bits of {@code v} that {@code i} has; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_xor(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_xor()").fetchXor(i);
    }

    /**
     * Flips the bits of {@code v} that {@code i} has; not ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_xor_relaxed(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_xor_relaxed()").fetchXor(i);
    }

    /**
     * Flips the bits of {@code v} that {@code i} has; ordered as an acquire.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_xor_acquire(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_xor_acquire()").fetchXor(i);
    }

    /**
     * Flips the bits of {@code v} that {@code i} has; ordered as a release.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_fetch_xor_release(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_fetch_xor_release()").fetchXor(i);
    }
}
