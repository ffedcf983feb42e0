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
     * Stores a value in {@code ptr} if the expected one is there, and yields what was there; fully ordered if it
     * stores.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.COMPARE_EXCHANGE)
    @KernelFunction(header = "linux/atomic.h", nmi = true)
    public static void cmpxchg(String ptr) {}
}
