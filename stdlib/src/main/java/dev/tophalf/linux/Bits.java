package dev.tophalf.linux;

import dev.tophalf.runtime.contract.CType;
import dev.tophalf.runtime.contract.KernelFunction;

/** {@code linux/bits.h}: masks of the bits of a word. */
public final class Bits {
    /** How many bits an {@code unsigned long} has. */
    public static final int BITS_PER_LONG = Long.SIZE;

    private Bits() {}

    /**
     * The word that has bit {@code nr} alone.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/bits.h", nmi = true)
    public static @CType("ulong") long BIT(int nr) {
        return 1L << nr;
    }

    /**
     * The word that has bit {@code nr} alone.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/bits.h", nmi = true)
    public static @CType("u64") long BIT_ULL(int nr) {
        return 1L << nr;
    }

    /**
     * The word that has the bits from {@code l} up to {@code h}.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/bits.h", nmi = true)
    public static @CType("ulong") long GENMASK(int h, int l) {
        return (-1L << l) & (-1L >>> (BITS_PER_LONG - 1 - h));
    }
}
