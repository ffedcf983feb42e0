package dev.tophalf.runtime.trace;

import dev.tophalf.runtime.contract.Contract;
import org.jspecify.annotations.Nullable;

/**
 * A place in a driver: a call of a kernel function, a loop or a function's entry.
 *
 * @param file the file as the person who loaded it named it
 * @param line counted from 1; 0 if unknown
 * @param column counted from 1; 0 if unknown
 * @param function the driver's function that the place is in
 * @param contract the kernel function that is called here, or null for a place that calls none
 */
public record Site(
        String file,
        int line,
        int column,
        String function,
        @Nullable Contract contract) {
    /** Where code runs that is not a driver's. */
    public static final Site NONE = new Site("", 0, 0, "", null);

    /** The driver's function as a person writes it, or {@code the top level} for code outside of every function. */
    public String functionWords() {
        return function.isEmpty() || function.startsWith("<file") ? "the top level" : function + "()";
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line;
    }
}
