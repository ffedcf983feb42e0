package dev.tophalf.linux;

import dev.tophalf.runtime.contract.FunctionPointer;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a value of a driver would be in C. */
final class FormatTypes {
    private FormatTypes() {}

    /** Whether a value is an integer in C, characters and truth values among them. */
    static boolean isInteger(@Nullable Object value) {
        return value instanceof Long
                || value instanceof Integer
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Short
                || value instanceof Byte
                || value instanceof BigInteger;
    }

    /** The value of an integer; other values count as 0. */
    static long toLong(@Nullable Object value) {
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        if (value instanceof Character character) {
            return character;
        }
        return isInteger(value) && value instanceof Number number ? number.longValue() : 0;
    }

    /** Whether a number is the same as an {@code int} or an {@code unsigned int}. */
    static boolean fitsInt(long value) {
        return value == (int) value || value >>> Integer.SIZE == 0;
    }

    /** The bytes that an array or a string holds in C; null if it is neither. */
    static byte @Nullable [] bytesOf(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof CharSequence text) {
            return (text + "\0").getBytes(StandardCharsets.UTF_8);
        }
        return value instanceof int[] u8s ? narrowed(u8s) : null;
    }

    /** The dialect carries a u8 in an int, and so an array of them. */
    private static byte[] narrowed(int[] u8s) {
        byte[] bytes = new byte[u8s.length];
        for (int i = 0; i < u8s.length; i++) {
            bytes[i] = (byte) u8s[i];
        }
        return bytes;
    }

    /** The name of a value's type in the words of gcc. */
    static String nameOf(@Nullable Object value) {
        if (value == null || value instanceof FunctionPointer) {
            return "void *";
        }
        if (value instanceof CharSequence) {
            return "char *";
        }
        if (value instanceof Long || value instanceof BigInteger) {
            return "long int";
        }
        if (isInteger(value)) {
            return "int";
        }
        return value instanceof Number ? "double" : pointerTo(value.getClass());
    }

    private static String pointerTo(Class<?> type) {
        Class<?> element = type.getComponentType();
        if (element != null) {
            return element.isPrimitive() ? element.getName().replace("byte", "unsigned char") + " *" : "void *";
        }
        String name = type.getSimpleName();
        boolean isNameless = name.isEmpty() || type.isHidden() || type.isSynthetic() || name.indexOf('$') >= 0;
        if (isNameless || type.getName().startsWith("java.")) {
            return "void *";
        }
        return name.endsWith("_t") ? name + " *" : "struct " + name + " *";
    }
}
