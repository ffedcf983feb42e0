package dev.tophalf.runtime.script;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a script sees of scripts that were loaded before it: their file-scope variables, functions and structs. A line
 * at the prompt sees the lines before it; a module sees nothing but itself and the kernel.
 */
public interface Scope {
    /** Sees nothing. */
    Scope EMPTY = new Scope() {};

    /** The public static field behind a variable's name, or null. */
    default @Nullable Field variable(String name) {
        return null;
    }

    /** The public static methods behind a function's name. */
    default List<Method> function(String name) {
        return List.of();
    }

    /** The struct that an earlier script declared under that name, or null. */
    default @Nullable Class<?> type(String name) {
        return null;
    }

    /** Every name that is visible here, for suggestions. */
    default List<String> names() {
        return List.of();
    }
}
