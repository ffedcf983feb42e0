package dev.tophalf.runtime.trace;

import dev.tophalf.runtime.contract.FunctionPointer;
import dev.tophalf.runtime.memory.KernelStruct;
import dev.tophalf.runtime.memory.Resource;
import org.jspecify.annotations.Nullable;

/** Values of a driver as text that every run of the same simulation repeats. */
public final class Values {
    private Values() {}

    /** A value as an argument in a trace or report. */
    public static String text(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof CharSequence) {
            return "'" + value.toString().replace("\n", "\\n") + "'";
        }
        if (value instanceof Number || value instanceof Boolean || value instanceof Character) {
            return value.toString();
        }
        if (value instanceof FunctionPointer pointer) {
            return pointer.functionName();
        }
        if (value instanceof Class<?> type) {
            return "struct " + type.getSimpleName();
        }
        if (value instanceof KernelStruct struct) {
            Resource allocation = KernelStruct.allocationOf(struct);
            String name = value.getClass().getSimpleName();
            return allocation == null ? name : name + "#" + allocation.number();
        }
        return value instanceof Described described
                ? described.describe()
                : value.getClass().getSimpleName();
    }

    /** A value that can say in a few words which one it is. */
    public interface Described {
        /** A few words, the same in every run. */
        String describe();
    }
}
