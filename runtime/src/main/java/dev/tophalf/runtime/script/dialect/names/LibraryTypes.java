package dev.tophalf.runtime.script.dialect.names;

import dev.tophalf.runtime.script.library.ListFunctions;
import dev.tophalf.runtime.script.library.MapFunctions;
import dev.tophalf.runtime.script.library.NumberFunctions;
import dev.tophalf.runtime.script.library.TextFunctions;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The classes of Java that a driver may name beside the kernel's. All of them behave alike in every run. */
public final class LibraryTypes {
    private static final Map<String, Class<?>> TYPES = new TreeMap<>();

    static {
        add(Object.class, String.class, StringBuilder.class, CharSequence.class, Math.class, Comparable.class);
        add(Integer.class, Long.class, Boolean.class, Short.class, Byte.class, Character.class, Number.class);
        add(Iterable.class, Iterator.class, Collection.class, List.class, ArrayList.class, Map.class);
        add(Set.class, LinkedHashSet.class, LinkedHashMap.class, TreeMap.class, Deque.class, ArrayDeque.class);
        add(Throwable.class, Exception.class, RuntimeException.class, ArithmeticException.class);
        add(IllegalArgumentException.class, IllegalStateException.class, UnsupportedOperationException.class);
        add(NullPointerException.class, ClassCastException.class, IndexOutOfBoundsException.class);
        add(ArrayIndexOutOfBoundsException.class, NumberFormatException.class);
    }

    /** Where the functions are that Groovy adds to Java's classes. */
    private static final List<Class<?>> EXTENSIONS =
            List.of(ListFunctions.class, MapFunctions.class, TextFunctions.class, NumberFunctions.class);

    private LibraryTypes() {}

    /** The functions of that name that Groovy adds to Java's classes; what they are called on comes first. */
    static List<Method> extensions(String name) {
        List<Method> found = new ArrayList<>();
        for (Class<?> holder : EXTENSIONS) {
            for (Method method : holder.getDeclaredMethods()) {
                if (method.getName().equals(name) && Modifier.isPublic(method.getModifiers())) {
                    found.add(method);
                }
            }
        }
        return found;
    }

    private static void add(Class<?>... types) {
        for (Class<?> type : types) {
            TYPES.put(type.getSimpleName(), type);
        }
    }

    /** The class of that name, or null. */
    static @Nullable Class<?> named(String name) {
        return TYPES.get(name);
    }

    /** What to write instead of a function that Groovy adds to Java's classes, or nothing. */
    public static String instead(String function) {
        return switch (function) {
            case "collectEntries",
                    "collectMany",
                    "flatten",
                    "permutations",
                    "combinations",
                    "withIndex",
                    "with",
                    "tap" -> ": write a loop, 'for (x in list) { ... }'";
            case "forEach", "each", "eachWithIndex", "stream" -> ": write 'list.each { ... }', or a loop";
            case "matches", "replaceAll", "replaceFirst", "eachMatch" ->
                ": no regular expressions; write replace(), tokenize() or a loop";
            case "format", "sprintf", "printf" -> ": write scnprintf(), or a string with '${...}'";
            default -> "";
        };
    }

    public static Collection<String> names() {
        return TYPES.keySet();
    }
}
