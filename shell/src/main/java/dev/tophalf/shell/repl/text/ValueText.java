package dev.tophalf.shell.repl.text;

import dev.tophalf.runtime.contract.FunctionPointer;
import dev.tophalf.runtime.memory.KernelStruct;
import dev.tophalf.runtime.trace.Values;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of a line as text that every run of the same session repeats. No code of a script runs to make it: a value
 * of a script's class is read field by field.
 */
public final class ValueText {
    private static final int WIDTH = 100;
    private static final int MOST_ELEMENTS = 16;

    private ValueText() {}

    /** A value, a struct with its members. */
    public static String of(Object value) {
        if (!(value instanceof KernelStruct struct)) {
            return brief(value);
        }
        List<String> members = members(struct);
        String name = Values.text(struct);
        String oneLine = name + " {" + String.join(", ", members) + "}";
        if (members.isEmpty()) {
            return name;
        }
        return oneLine.length() <= WIDTH ? oneLine : name + " {\n     " + String.join("\n     ", members) + "\n   }";
    }

    /** A value as a member of a struct shows it: another struct by its name. */
    private static String brief(@Nullable Object value) {
        if (value instanceof FunctionPointer pointer) {
            return pointer.functionName() + "()";
        }
        return value != null && value.getClass().isArray() ? array(value) : Values.text(value);
    }

    private static String array(Object array) {
        int length = Array.getLength(array);
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < Math.min(length, MOST_ELEMENTS); i++) {
            elements.add(brief(Array.get(array, i)));
        }
        String rest = length > MOST_ELEMENTS ? ", ... " + length + " in all" : "";
        return "[" + String.join(", ", elements) + rest + "]";
    }

    private static List<String> members(KernelStruct struct) {
        List<String> members = new ArrayList<>();
        for (Field field : struct.getClass().getDeclaredFields()) {
            if (isMember(field)) {
                members.add(field.getName() + ": " + brief(read(field, struct)));
            }
        }
        return members;
    }

    private static boolean isMember(Field field) {
        int modifiers = field.getModifiers();
        return Modifier.isPublic(modifiers) && !Modifier.isStatic(modifiers) && !field.isSynthetic();
    }

    private static @Nullable Object read(Field field, Object struct) {
        try {
            return field.get(struct);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot read " + field, e);
        }
    }
}
