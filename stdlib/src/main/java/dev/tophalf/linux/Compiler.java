package dev.tophalf.linux;

import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.LvalueMacro;
import dev.tophalf.runtime.contract.LvalueMacro.Access;

/**
 * {@code linux/compiler.h}: accesses that the compiler must leave as they are written ({@code
 * include/asm-generic/rwonce.h}).
 */
public final class Compiler {
    private Compiler() {}

    /**
     * The value of {@code x}, read once and whole; it orders nothing.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.READ)
    @KernelFunction(header = "linux/compiler.h", nmi = true)
    public static void READ_ONCE(String x) {}

    /**
     * Stores a value in {@code x}, once and whole; it orders nothing.
     *
     * <p>Context: any, NMI included.
     */
    @LvalueMacro(Access.WRITE)
    @KernelFunction(header = "linux/compiler.h", nmi = true)
    public static void WRITE_ONCE(String x) {}

    /**
     * Keeps the compiler from moving accesses across this place; the CPU still may.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(
            header = "linux/compiler.h",
            nmi = true,
            simplified = "the driver's accesses happen in the order of the source anyway")
    public static void barrier() {}
}
