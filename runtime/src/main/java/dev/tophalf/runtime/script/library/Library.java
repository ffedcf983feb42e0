package dev.tophalf.runtime.script.library;

import com.google.common.math.LongMath;
import com.google.common.primitives.Ints;
import dev.tophalf.runtime.contract.FunctionPointer;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/**
 * What woven code calls around calls of Java's library that look cheaper, or more repeatable, than they are. No script
 * can name this class.
 *
 * <p>Costs are in ticks of a loop: work in proportion to the size of what a call makes or walks through, so that the
 * tick budget bounds the time and the memory of a script.
 */
public final class Library {
    /** A tick pays for so many bytes of memory or characters of text. */
    private static final int BYTES_PER_TICK = 64;

    /** A tick pays for so many elements that a function looks at by itself. */
    private static final int ELEMENTS_PER_TICK = 8;

    private static final int HEAD_BYTES = 16;
    private static final Pattern CLASS = Pattern.compile("\\bclass (\\S+)");

    private Library() {}

    /** An object as text. Java would print a hash code that differs from run to run, and lists of lists for ever. */
    public static String text(@Nullable Object value) {
        if (value == null
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof CharSequence) {
            return String.valueOf(value);
        }
        if (value instanceof FunctionPointer pointer) {
            return pointer.functionName();
        }
        if (value instanceof Collection || value instanceof Map) {
            return CollectionText.of(value);
        }
        return value.getClass().getSimpleName();
    }

    /** What an exception says, without the address of a class loader that the JVM adds to a failed cast. */
    public static @Nullable String message(Throwable thrown) {
        String message = thrown.getMessage();
        if (message == null || !(thrown instanceof ClassCastException)) {
            return message;
        }
        int end = message.indexOf(" (");
        return CLASS.matcher(end < 0 ? message : message.substring(0, end))
                .replaceAll(named -> "class " + Matcher.quoteReplacement(simpleName(named.group(1))));
    }

    /** {@code device} for {@code dev.tophalf.linux.Device$device}, {@code byte[]} for {@code [B}. */
    private static String simpleName(String name) {
        String readable =
                name.startsWith("[") ? Type.getType(name.replace('.', '/')).getClassName() : name;
        return readable.substring(Math.max(readable.lastIndexOf('.'), readable.lastIndexOf('$')) + 1);
    }

    /** Whether two strings have the same characters; what is not a string is only the same as itself. */
    public static boolean sameText(@Nullable Object a, @Nullable Object b) {
        return a == b || (a instanceof String && a.equals(b));
    }

    /** A key as it is. A collection is none: its hash code takes as long as it is deep. */
    public static @Nullable Object key(@Nullable Object key) {
        if (key instanceof Collection || key instanceof Map) {
            throw new IllegalArgumentException("a key is a number, a string or a struct, not a collection");
        }
        return key;
    }

    /** What a text costs that a call makes or copies. */
    public static int cost(@Nullable String text) {
        int length = text == null ? 0 : text.length();
        Values.checkLength(length);
        return length / BYTES_PER_TICK;
    }

    /** What a call costs that looks for a word at every place of a text. */
    public static int search(@Nullable CharSequence text, @Nullable CharSequence word) {
        return text == null || word == null ? 0 : ticks((long) text.length() * word.length());
    }

    /** What a call costs that walks through a collection. */
    public static int walk(@Nullable Object collection) {
        return collection instanceof Collection<?> elements ? elements.size() / BYTES_PER_TICK : 0;
    }

    /** What is walked through; woven code counts what that costs here. */
    public static @Nullable Object walked(@Nullable Object elements) {
        return elements;
    }

    /** What a library function costs that walks through a collection, a map or a text without a block of the driver. */
    public static int walkAll(@Nullable Object elements) {
        if (elements instanceof CharSequence text) {
            return text.length() / BYTES_PER_TICK;
        }
        if (elements instanceof Map<?, ?> map) {
            return map.size() / ELEMENTS_PER_TICK;
        }
        return elements instanceof Collection<?> collection ? collection.size() / ELEMENTS_PER_TICK : 0;
    }

    /** What an array of that many elements costs. */
    public static int array(int length, int elementBytes) {
        return ticks((long) Math.max(length, 0) * elementBytes);
    }

    /** What an array of arrays costs; each row has a head, however short it is. */
    public static int array(int rows, int columns, int elementBytes) {
        long rowBytes = HEAD_BYTES + (long) Math.max(columns, 0) * elementBytes;
        return ticks(LongMath.saturatedMultiply(Math.max(rows, 0), rowBytes));
    }

    private static int ticks(long bytes) {
        return Ints.saturatedCast(bytes / BYTES_PER_TICK);
    }
}
