package dev.tophalf.linux;

import dev.tophalf.linux.Atomic64.atomic64_t;
import dev.tophalf.linux.Types.long_box;
import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.AtomicCell;
import dev.tophalf.runtime.contract.KernelFunction;

/** {@code linux/atomic.h}: changes of an atomic64_t that tell the number, and exchanges. */
public final class Atomic64Values {
    private Atomic64Values() {}

    /**
     * Adds {@code i} to {@code v}; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number after it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_add_return(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_add_return()").add(i);
    }

    /**
     * Adds {@code i} to {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number after it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_add_return_relaxed(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_add_return_relaxed()").add(i);
    }

    /**
     * Adds {@code i} to {@code v}; ordered as an acquire.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number after it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_add_return_acquire(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_add_return_acquire()").add(i);
    }

    /**
     * Adds {@code i} to {@code v}; ordered as a release.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number after it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_add_return_release(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_add_return_release()").add(i);
    }

    /**
     * Takes {@code i} off {@code v}; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number after it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_sub_return(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_sub_return()").add(-i);
    }

    /**
     * Takes {@code i} off {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number after it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_sub_return_relaxed(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_sub_return_relaxed()").add(-i);
    }

    /**
     * Takes {@code i} off {@code v}; ordered as an acquire.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number after it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_sub_return_acquire(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_sub_return_acquire()").add(-i);
    }

    /**
     * Takes {@code i} off {@code v}; ordered as a release.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number after it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_sub_return_release(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_sub_return_release()").add(-i);
    }

    /**
     * Adds 1 to {@code v}; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number after it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_inc_return(atomic64_t v) {
        return AtomicCell.of(v, "atomic64_inc_return()").add(1);
    }

    /**
     * Adds 1 to {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number after it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_inc_return_relaxed(atomic64_t v) {
        return AtomicCell.of(v, "atomic64_inc_return_relaxed()").add(1);
    }

    /**
     * Adds 1 to {@code v}; ordered as an acquire.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number after it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_inc_return_acquire(atomic64_t v) {
        return AtomicCell.of(v, "atomic64_inc_return_acquire()").add(1);
    }

    /**
     * Adds 1 to {@code v}; ordered as a release.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number after it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_inc_return_release(atomic64_t v) {
        return AtomicCell.of(v, "atomic64_inc_return_release()").add(1);
    }

    /**
     * Takes 1 off {@code v}; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number after it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_dec_return(atomic64_t v) {
        return AtomicCell.of(v, "atomic64_dec_return()").add(-1);
    }

    /**
     * Takes 1 off {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number after it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_dec_return_relaxed(atomic64_t v) {
        return AtomicCell.of(v, "atomic64_dec_return_relaxed()").add(-1);
    }

    /**
     * Takes 1 off {@code v}; ordered as an acquire.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number after it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_dec_return_acquire(atomic64_t v) {
        return AtomicCell.of(v, "atomic64_dec_return_acquire()").add(-1);
    }

    /**
     * Takes 1 off {@code v}; ordered as a release.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number after it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_dec_return_release(atomic64_t v) {
        return AtomicCell.of(v, "atomic64_dec_return_release()").add(-1);
    }

    /**
     * Adds {@code i} to {@code v}; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether that made it less than 0
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic64_add_negative(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_add_negative()").add(i) < 0;
    }

    /**
     * Adds {@code i} to {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether that made it less than 0
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic64_add_negative_relaxed(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_add_negative_relaxed()").add(i) < 0;
    }

    /**
     * Adds {@code i} to {@code v}; ordered as an acquire.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether that made it less than 0
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic64_add_negative_acquire(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_add_negative_acquire()").add(i) < 0;
    }

    /**
     * Adds {@code i} to {@code v}; ordered as a release.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether that made it less than 0
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic64_add_negative_release(long i, atomic64_t v) {
        return AtomicCell.of(v, "atomic64_add_negative_release()").add(i) < 0;
    }

    /**
     * Stores {@code newValue} in {@code v}; fully ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_xchg(atomic64_t v, long newValue) {
        return AtomicCell.of(v, "atomic64_xchg()").exchange(newValue);
    }

    /**
     * Stores {@code newValue} in {@code v}; not ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_xchg_relaxed(atomic64_t v, long newValue) {
        return AtomicCell.of(v, "atomic64_xchg_relaxed()").exchange(newValue);
    }

    /**
     * Stores {@code newValue} in {@code v}; ordered as an acquire.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_xchg_acquire(atomic64_t v, long newValue) {
        return AtomicCell.of(v, "atomic64_xchg_acquire()").exchange(newValue);
    }

    /**
     * Stores {@code newValue} in {@code v}; ordered as a release.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_xchg_release(atomic64_t v, long newValue) {
        return AtomicCell.of(v, "atomic64_xchg_release()").exchange(newValue);
    }

    /**
     * Stores {@code newValue} in {@code v} if that is {@code old}; fully ordered if it stores.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_cmpxchg(atomic64_t v, long old, long newValue) {
        return AtomicCell.of(v, "atomic64_cmpxchg()").compareAndExchange(old, newValue);
    }

    /**
     * Stores {@code newValue} in {@code v} if that is {@code old}; not ordered.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_cmpxchg_relaxed(atomic64_t v, long old, long newValue) {
        return AtomicCell.of(v, "atomic64_cmpxchg_relaxed()").compareAndExchange(old, newValue);
    }

    /**
     * Stores {@code newValue} in {@code v} if that is {@code old}; ordered as an acquire if it stores.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_cmpxchg_acquire(atomic64_t v, long old, long newValue) {
        return AtomicCell.of(v, "atomic64_cmpxchg_acquire()").compareAndExchange(old, newValue);
    }

    /**
     * Stores {@code newValue} in {@code v} if that is {@code old}; ordered as a release if it stores.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number before it
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static long atomic64_cmpxchg_release(atomic64_t v, long old, long newValue) {
        return AtomicCell.of(v, "atomic64_cmpxchg_release()").compareAndExchange(old, newValue);
    }

    /**
     * Stores {@code newValue} in {@code v} if that is what {@code old} holds, else puts into {@code old} what it is; fully ordered if it
     * stores.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether it stored
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic64_try_cmpxchg(atomic64_t v, long_box old, long newValue) {
        return Arguments.require(old, "atomic64_try_cmpxchg()")
                .exchangeIn(AtomicCell.of(v, "atomic64_try_cmpxchg()"), newValue);
    }

    /**
     * Stores {@code newValue} in {@code v} if that is what {@code old} holds, else puts into {@code old} what it is; not ordered if it
     * stores.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether it stored
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic64_try_cmpxchg_relaxed(atomic64_t v, long_box old, long newValue) {
        return Arguments.require(old, "atomic64_try_cmpxchg_relaxed()")
                .exchangeIn(AtomicCell.of(v, "atomic64_try_cmpxchg_relaxed()"), newValue);
    }

    /**
     * Stores {@code newValue} in {@code v} if that is what {@code old} holds, else puts into {@code old} what it is; ordered as an acquire if it
     * stores.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether it stored
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic64_try_cmpxchg_acquire(atomic64_t v, long_box old, long newValue) {
        return Arguments.require(old, "atomic64_try_cmpxchg_acquire()")
                .exchangeIn(AtomicCell.of(v, "atomic64_try_cmpxchg_acquire()"), newValue);
    }

    /**
     * Stores {@code newValue} in {@code v} if that is what {@code old} holds, else puts into {@code old} what it is; ordered as a release if it
     * stores.
     *
     * <p>Context: any, NMI included.
     *
     * @return whether it stored
     */
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static boolean atomic64_try_cmpxchg_release(atomic64_t v, long_box old, long newValue) {
        return Arguments.require(old, "atomic64_try_cmpxchg_release()")
                .exchangeIn(AtomicCell.of(v, "atomic64_try_cmpxchg_release()"), newValue);
    }
}
