package dev.tophalf.runtime.memory;

/** A pointer that may be an error code in disguise, as {@code IS_ERR()} tests. */
public interface ErrorPointer {
    /** The negative error code, or 0 for a real pointer. */
    int errno();
}
