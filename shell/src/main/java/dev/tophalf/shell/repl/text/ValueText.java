package dev.tophalf.shell.repl.text;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.FunctionPointer;
import dev.tophalf.runtime.memory.Contents;
import dev.tophalf.runtime.memory.KernelStruct;
import dev.tophalf.runtime.trace.Values;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The value of a line as text that every run of the same session repeats. No code of a script runs to make it: a value
 * of a script's class is read field by field.
 */
public final class ValueText {
    private static final int WIDTH = 100;
    private static final int MOST_ELEMENTS = 16;
    private static final int DEEPEST = 3;

    private final Simulation simulation;

    /** Of values that belong to {@code simulation}. */
    public ValueText(Simulation simulation) {
        this.simulation = simulation;
    }

    /** A value, a struct with its members. */
    public String of(Object value) {
        if (!(value instanceof KernelStruct struct)) {
            return brief(value, 0);
        }
        String name = Values.text(struct);
        if (struct instanceof Contents holder) {
            return name + " " + holder.contents(simulation);
        }
        List<String> members = members(struct);
        String oneLine = name + " {" + String.join(", ", members) + "}";
        if (members.isEmpty()) {
            return name;
        }
        return oneLine.length() <= WIDTH ? oneLine : name + " {\n     " + String.join("\n     ", members) + "\n   }";
    }

    /** A value as a member of a struct shows it: another struct by its name. */
    private String brief(@Nullable Object value, int depth) {
        if (value instanceof Contents holder) {
            return holder.contents(simulation);
        }
        if (value instanceof FunctionPointer pointer) {
            return pointer.functionName() + "()";
        }
        if (value instanceof Map<?, ?> map) {
            return elements(
                    map.entrySet().stream()
                            .map(entry -> brief(entry.getKey(), depth + 1) + ": " + brief(entry.getValue(), depth + 1)),
                    map.size(),
                    depth);
        }
        if (value instanceof Collection<?> collection) {
            return elements(collection.stream().map(each -> brief(each, depth + 1)), collection.size(), depth);
        }
        if (value != null && value.getClass().isArray()) {
            int length = Array.getLength(value);
            return elements(
                    IntStream.range(0, length).mapToObj(i -> brief(Array.get(value, i), depth + 1)), length, depth);
        }
        return Values.text(value);
    }

    /** The first of the elements; none of what lies deep, as a list may hold itself. */
    private String elements(Stream<String> texts, int length, int depth) {
        if (depth > DEEPEST) {
            return "[...]";
        }
        String rest = length > MOST_ELEMENTS ? ", ... " + length + " in all" : "";
        return texts.limit(MOST_ELEMENTS).collect(Collectors.joining(", ", "[", rest + "]"));
    }

    private List<String> members(KernelStruct struct) {
        List<String> members = new ArrayList<>();
        for (Field field : struct.getClass().getDeclaredFields()) {
            if (isMember(field)) {
                members.add(field.getName() + ": " + brief(read(field, struct), 0));
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
