package dev.tophalf.linux;

import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.memory.ErrorPointer;
import org.jspecify.annotations.Nullable;

/** {@code linux/err.h}: error codes in the place of pointers. */
public final class Err {
    private Err() {}

    /**
     * Whether {@code ptr} is an error code; a null pointer is none.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/err.h", nmi = true)
    public static boolean IS_ERR(@Nullable Object ptr) {
        return ptr instanceof ErrorPointer error && error.errno() != 0;
    }

    /**
     * Whether {@code ptr} is an error code or null.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/err.h", nmi = true)
    public static boolean IS_ERR_OR_NULL(@Nullable Object ptr) {
        return ptr == null || IS_ERR(ptr);
    }

    /**
     * The error code, which is negative, that {@code ptr} stands for.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/err.h", nmi = true)
    public static long PTR_ERR(@Nullable Object ptr) {
        return ptr instanceof ErrorPointer error ? error.errno() : 0;
    }
}
