package dev.tophalf.linux;

import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.LvalueMacro;
import dev.tophalf.runtime.contract.LvalueMacro.Access;

/**
 * {@code asm/cmpxchg.h}, which {@code linux/atomic.h} includes: exchanges that nothing comes between ({@code
 * include/linux/atomic/atomic-instrumented.h}). They take any integer or pointer in memory, at its own width.
 */
public final class Cmpxchg {
    private Cmpxchg() {}

    /**
     * Stores a value in {@code ptr} and yields what was there; fully ordered.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.EXCHANGE)
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void xchg(String ptr) {}

    /**
     * Stores a value in {@code ptr} and yields what was there; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.EXCHANGE)
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void xchg_relaxed(String ptr) {}

    /**
     * Stores a value in {@code ptr} and yields what was there; ordered as an acquire.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.EXCHANGE)
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void xchg_acquire(String ptr) {}

    /**
     * Stores a value in {@code ptr} and yields what was there; ordered as a release.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.EXCHANGE)
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void xchg_release(String ptr) {}

    /**
     * Stores a value in {@code ptr} if the expected one is there, and yields what was there; fully ordered if it stores.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.COMPARE_EXCHANGE)
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void cmpxchg(String ptr) {}

    /**
     * Stores a value in {@code ptr} if the expected one is there, and yields what was there; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.COMPARE_EXCHANGE)
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void cmpxchg_relaxed(String ptr) {}

    /**
     * Stores a value in {@code ptr} if the expected one is there, and yields what was there; ordered as an acquire if it stores.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.COMPARE_EXCHANGE)
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void cmpxchg_acquire(String ptr) {}

    /**
     * Stores a value in {@code ptr} if the expected one is there, and yields what was there; ordered as a release if it stores.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.COMPARE_EXCHANGE)
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void cmpxchg_release(String ptr) {}

    /**
     * Stores a value in {@code ptr} if the expected one is there, and yields whether it was; if not, the variable that
     * holds the expected one gets what was there; fully ordered if it stores.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.TRY_COMPARE_EXCHANGE)
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void try_cmpxchg(String ptr) {}

    /**
     * Stores a value in {@code ptr} if the expected one is there, and yields whether it was; if not, the variable that
     * holds the expected one gets what was there; not ordered.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.TRY_COMPARE_EXCHANGE)
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void try_cmpxchg_relaxed(String ptr) {}

    /**
     * Stores a value in {@code ptr} if the expected one is there, and yields whether it was; if not, the variable that
     * holds the expected one gets what was there; ordered as an acquire if it stores.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.TRY_COMPARE_EXCHANGE)
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void try_cmpxchg_acquire(String ptr) {}

    /**
     * Stores a value in {@code ptr} if the expected one is there, and yields whether it was; if not, the variable that
     * holds the expected one gets what was there; ordered as a release if it stores.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.TRY_COMPARE_EXCHANGE)
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void try_cmpxchg_release(String ptr) {}
}
