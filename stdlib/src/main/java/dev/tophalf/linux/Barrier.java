package dev.tophalf.linux;

import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.LvalueMacro;
import dev.tophalf.runtime.contract.LvalueMacro.Access;

/**
 * {@code asm/barrier.h}: the order of a CPU's accesses, as others see them ({@code include/asm-generic/barrier.h}).
 *
 * <p>The CPUs of the machine make their accesses in the order of the source, so a barrier has nothing to wait for; it
 * is in the trace, for whoever judges the order.
 */
public final class Barrier {
    private static final String IN_ORDER = "the simulated CPUs access memory in the order of the source anyway";

    private Barrier() {}

    /**
     * Orders all accesses, to memory and to devices.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "asm/barrier.h", nmi = true, simplified = IN_ORDER)
    public static void mb() {}

    /**
     * Orders reads, of memory and of devices.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "asm/barrier.h", nmi = true, simplified = IN_ORDER)
    public static void rmb() {}

    /**
     * Orders writes, to memory and to devices: before the write that rings a device's doorbell.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "asm/barrier.h", nmi = true, simplified = IN_ORDER)
    public static void wmb() {}

    /**
     * Orders all accesses to memory, as other CPUs see them; the other side needs a barrier as well.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "asm/barrier.h", nmi = true, simplified = IN_ORDER)
    public static void smp_mb() {}

    /**
     * Orders reads of memory; the writer's side needs {@link #smp_wmb}.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "asm/barrier.h", nmi = true, simplified = IN_ORDER)
    public static void smp_rmb() {}

    /**
     * Orders writes to memory; the reader's side needs {@link #smp_rmb}.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "asm/barrier.h", nmi = true, simplified = IN_ORDER)
    public static void smp_wmb() {}

    /**
     * Orders reads of memory that is shared with a device.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "asm/barrier.h", nmi = true, simplified = IN_ORDER)
    public static void dma_rmb() {}

    /**
     * Orders writes to memory that is shared with a device.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "asm/barrier.h", nmi = true, simplified = IN_ORDER)
    public static void dma_wmb() {}

    /**
     * Stores a value in {@code p} after everything that comes before it.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.WRITE)
    @KernelFunction(header = "asm/barrier.h", nmi = true, pairsWith = "smp_load_acquire", simplified = IN_ORDER)
    public static void smp_store_release(String p) {}

    /**
     * The value of {@code p}, read before everything that comes after it.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.READ)
    @KernelFunction(header = "asm/barrier.h", nmi = true, pairsWith = "smp_store_release", simplified = IN_ORDER)
    public static void smp_load_acquire(String p) {}

    /**
     * Stores a value in {@code var}, and orders all accesses behind it.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.WRITE)
    @KernelFunction(header = "asm/barrier.h", nmi = true, simplified = IN_ORDER)
    public static void smp_store_mb(String var) {}

    /**
     * Orders all accesses before an atomic operation that is not ordered itself, as {@code atomic_inc()} and {@code
     * clear_bit()} are not.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "asm/barrier.h", nmi = true, simplified = IN_ORDER)
    public static void smp_mb__before_atomic() {}

    /**
     * Orders all accesses after an atomic operation that is not ordered itself.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "asm/barrier.h", nmi = true, simplified = IN_ORDER)
    public static void smp_mb__after_atomic() {}

    /**
     * Makes the lock that was just taken order what came before it, too.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/spinlock.h", nmi = true, simplified = IN_ORDER)
    public static void smp_mb__after_spinlock() {}

    /**
     * Makes a lock that was given back and another one that was taken order what came before them.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/rcupdate.h", nmi = true, simplified = IN_ORDER)
    public static void smp_mb__after_unlock_lock() {}

    /**
     * Orders all accesses to memory that is shared with a device.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "asm/barrier.h", nmi = true, simplified = IN_ORDER)
    public static void dma_mb() {}
}
