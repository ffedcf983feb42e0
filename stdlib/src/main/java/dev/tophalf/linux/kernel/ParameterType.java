package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Errno;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The types of module parameters: how text is read and shown ({@code kernel/params.c}). */
public enum ParameterType {
    BYTE("byte", int.class, 8, false),
    SHORT("short", int.class, 16, true),
    USHORT("ushort", int.class, 16, false),
    INT("int", int.class, 32, true),
    UINT("uint", long.class, 32, false),
    HEXINT("hexint", long.class, 32, false),
    LONG("long", long.class, 64, true),
    ULONG("ulong", long.class, 64, false),
    ULLONG("ullong", long.class, 64, false),
    BOOL("bool", boolean.class, 1, false),
    INVBOOL("invbool", boolean.class, 1, false),
    CHARP("charp", String.class, 0, false);

    private static final int LONGEST_STRING = 1024;

    private final String word;
    private final Class<?> carrier;
    private final int bits;
    private final boolean signed;

    ParameterType(String word, Class<?> carrier, int bits, boolean signed) {
        this.word = word;
        this.carrier = carrier;
        this.bits = bits;
        this.signed = signed;
    }

    /** Text that is no value of a type. */
    static final class InvalidValue extends Exception {
        private static final long serialVersionUID = 1;

        private final int errno;

        InvalidValue(int errno) {
            super(Files.message(errno), null, false, false);
            this.errno = errno;
        }

        /** The positive error code. */
        int errno() {
            return errno;
        }
    }

    /** The type that a driver calls {@code word}, or null. */
    static @Nullable ParameterType named(String word) {
        return Arrays.stream(values())
                .filter(type -> type.word.equals(word))
                .findFirst()
                .orElse(null);
    }

    /** Their names, for messages. */
    static String names() {
        return Arrays.stream(values()).map(type -> type.word).collect(Collectors.joining(", "));
    }

    /** The name that drivers type. */
    public String word() {
        return word;
    }

    /** The Java type of a variable of this type. */
    Class<?> carrier() {
        return carrier;
    }

    /** The Java type of an element of an array of this type. */
    Class<?> element() {
        return switch (this) {
            case BYTE -> byte.class;
            case SHORT -> short.class;
            case USHORT -> char.class;
            case UINT, HEXINT -> int.class;
            default -> carrier;
        };
    }

    /** The value that {@code text} stands for, as the carrier holds it; null is a parameter without a value. */
    Object parse(@Nullable String text) throws InvalidValue {
        if (this == BOOL) {
            return text == null || isTrue(text);
        }
        if (text == null) {
            throw new InvalidValue(Errno.EINVAL);
        }
        if (this == INVBOOL) {
            return !isTrue(text);
        }
        if (this == CHARP) {
            if (text.length() > LONGEST_STRING) {
                throw new InvalidValue(Errno.ENOSPC);
            }
            return text;
        }
        long number = number(text);
        return carrier == int.class ? (Object) (int) number : (Object) number;
    }

    /** As {@code kstrtobool()} does. */
    private static boolean isTrue(String text) throws InvalidValue {
        String start = text.substring(0, Math.min(2, text.length())).toLowerCase(Locale.ROOT);
        if (start.startsWith("y") || start.startsWith("t") || start.startsWith("1") || start.equals("on")) {
            return true;
        }
        if (start.startsWith("n") || start.startsWith("f") || start.startsWith("0") || start.equals("of")) {
            return false;
        }
        throw new InvalidValue(Errno.EINVAL);
    }

    /** As {@code kstrtoint()} and its kin do with base 0. */
    private long number(String text) throws InvalidValue {
        String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        boolean negative = signed && line.startsWith("-");
        String digits = negative || line.startsWith("+") ? line.substring(1) : line;
        boolean hex = digits.matches("0[xX][0-9a-fA-F]+");
        boolean octal = digits.matches("0[0-7]*");
        if (!hex && !octal && !digits.matches("[1-9][0-9]*")) {
            throw new InvalidValue(Errno.EINVAL);
        }
        BigInteger value = new BigInteger(hex ? digits.substring(2) : digits, hex ? 16 : octal ? 8 : 10);
        BigInteger full = negative ? value.negate() : value;
        BigInteger limit = BigInteger.ONE.shiftLeft(signed ? bits - 1 : bits);
        boolean fits = full.compareTo(limit) < 0 && (!signed || full.compareTo(limit.negate()) >= 0);
        if (!fits) {
            throw new InvalidValue(Errno.ERANGE);
        }
        return full.longValue();
    }

    /** The text that a value is shown as. */
    String show(@Nullable Object value) {
        if (value instanceof Boolean truth) {
            return truth == (this == BOOL) ? "Y" : "N";
        }
        if (this == CHARP) {
            return value == null ? "(null)" : value.toString();
        }
        long number = value instanceof Character letter ? letter : value == null ? 0 : ((Number) value).longValue();
        return switch (this) {
            case BYTE -> Long.toString(number & 0xff);
            case UINT -> Long.toString(number & 0xffff_ffffL);
            case HEXINT -> String.format(Locale.ROOT, "0x%06x", number & 0xffff_ffffL);
            case ULONG, ULLONG -> Long.toUnsignedString(number);
            default -> Long.toString(number);
        };
    }
}
