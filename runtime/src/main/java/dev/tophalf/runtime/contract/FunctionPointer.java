package dev.tophalf.runtime.contract;

/** A pointer to a function of a driver. One object per function and type, so that {@code ==} compares as in C. */
public interface FunctionPointer {
    /** The function's name in the driver. */
    String functionName();

    /** The file that defines the function, as the person who loaded it named it. */
    String file();

    /** The line of its definition, counted from 1. */
    int line();
}
