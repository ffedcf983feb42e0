package dev.tophalf.linux;

import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's {@code vsnprintf()}: formats what a driver prints.
 *
 * <p>It follows lib/vsprintf.c of Linux 6.12, where that differs from the C library too, and counts characters where C
 * counts bytes. A format and arguments that do not go together never throw: they print something, and the result says
 * what is wrong with them. After a conversion that is not known the text ends, as it does in Linux.
 */
public final class Format {
    /** What a single call prints at most; the kernel's buffers are smaller. */
    static final int MAX_LENGTH = 1 << 20;

    private static final String NOT_IN_THE_KERNEL = "nfFeEgGaA";

    private final FormatLookup lookup;
    private final FormatArguments arguments;
    private final StringBuilder text = new StringBuilder();

    private Format(FormatLookup lookup, FormatArguments arguments) {
        this.lookup = lookup;
        this.arguments = arguments;
    }

    /**
     * A formatted text.
     *
     * @param problems one line each, in the words of {@code gcc -Wformat} where gcc has words for it
     */
    public record Result(String text, ImmutableList<String> problems) {}

    /** Formats with the usual answers; problems count the format as argument 1. */
    public static Result format(String format, @Nullable Object @Nullable ... values) {
        // In Groovy, a single null for a variable number of arguments arrives as no array at all.
        List<@Nullable Object> list = Arrays.asList(values == null ? new @Nullable Object[1] : values);
        return format(FormatLookup.STANDARD, 1, format, list);
    }

    /**
     * Formats.
     *
     * @param formatPosition which argument of its function the format is, counted from 1: 2 for {@code dev_info()}
     */
    public static Result format(
            FormatLookup lookup, int formatPosition, String format, List<? extends @Nullable Object> values) {
        FormatArguments arguments = new FormatArguments(values, formatPosition);
        Format run = new Format(lookup, arguments);
        if (run.convertAll(format) && arguments.hasNext()) {
            arguments.add("too many arguments for format");
        }
        return new Result(run.text.toString(), arguments.problems());
    }

    /** Returns whether it came to the end of the format. */
    private boolean convertAll(String format) {
        int at = 0;
        while (at < format.length()) {
            int percent = format.indexOf('%', at);
            int plainEnd = percent < 0 ? format.length() : percent;
            text.append(format.substring(at, plainEnd));
            at = plainEnd;
            if (percent >= 0) {
                FormatConversion conversion = FormatConversion.parse(format, percent);
                if (!convert(conversion, format.substring(percent, conversion.end()))) {
                    return false;
                }
                at = conversion.end();
            }
            if (text.length() > MAX_LENGTH) {
                text.setLength(MAX_LENGTH);
                arguments.add("the text is longer than " + MAX_LENGTH + " characters and was cut");
                return false;
            }
        }
        return true;
    }

    /** Returns whether the conversion is one that Linux knows. */
    private boolean convert(FormatConversion given, String written) {
        FormatConversion conversion = withStars(given);
        switch (conversion.letter()) {
            case 'd', 'i', 'u', 'x', 'X', 'o', 'c', 's', 'p' -> convertNext(conversion, written);
            case '%' -> text.append("%");
            default -> {
                refuse(conversion, written);
                return false;
            }
        }
        return true;
    }

    private void convertNext(FormatConversion conversion, String written) {
        if (!arguments.hasNext()) {
            arguments.tooFew("'" + conversion.shown() + "'", conversion.expectedType());
            text.append(written);
            return;
        }
        Object argument = arguments.next();
        text.append(
                switch (conversion.letter()) {
                    case 'c' -> character(conversion, argument);
                    case 's' -> string(conversion, argument);
                    case 'p' -> new FormatPointer(lookup, conversion, arguments).print(argument);
                    default -> integer(conversion, argument);
                });
    }

    private void refuse(FormatConversion conversion, String written) {
        char letter = conversion.letter();
        if (letter == FormatConversion.NO_LETTER) {
            arguments.add(
                    written.equals("%") ? "spurious trailing '%' in format" : "conversion lacks type at end of format");
        } else if (NOT_IN_THE_KERNEL.indexOf(letter) >= 0) {
            arguments.add("Please remove unsupported %" + letter + " in format string");
        } else {
            String shown = letter > ' ' && letter < 0x7f ? "'" + letter + "'" : "0x" + Integer.toHexString(letter);
            arguments.add("unknown conversion type character " + shown + " in format");
        }
    }

    private FormatConversion withStars(FormatConversion conversion) {
        FormatConversion known = conversion;
        if (conversion.width() == FormatConversion.FROM_ARGUMENT) {
            known = known.withWidth(star("field width specifier '*'"));
        }
        if (conversion.precision() == FormatConversion.FROM_ARGUMENT) {
            known = known.withPrecision(star("field precision specifier '.*'"));
        }
        return known;
    }

    private long star(String what) {
        if (!arguments.hasNext()) {
            arguments.tooFew(what, "int");
            return 0;
        }
        Object argument = arguments.next();
        long value = FormatTypes.toLong(argument);
        if (!FormatTypes.isInteger(argument) || !FormatTypes.fitsInt(value)) {
            arguments.mismatch(what, "int", argument);
        }
        return (int) value;
    }

    private String integer(FormatConversion conversion, @Nullable Object argument) {
        long value = FormatTypes.toLong(argument);
        boolean isInteger = FormatTypes.isInteger(argument);
        if (!isInteger || (conversion.bits() <= Integer.SIZE && !FormatTypes.fitsInt(value))) {
            arguments.mismatch(conversion, argument);
        }
        return isInteger || argument == null
                ? FormatText.integer(value, conversion)
                : FormatText.error(FormatPointer.UNKNOWN, conversion);
    }

    private String character(FormatConversion conversion, @Nullable Object argument) {
        if (argument instanceof Character || (argument instanceof CharSequence one && one.length() == 1)) {
            return FormatText.padded(argument.toString(), conversion);
        }
        long value = FormatTypes.toLong(argument);
        if (!FormatTypes.isInteger(argument) || !FormatTypes.fitsInt(value)) {
            arguments.mismatch(conversion, argument);
        }
        return FormatText.padded(String.valueOf((char) (value & 0xff)), conversion);
    }

    private String string(FormatConversion conversion, @Nullable Object argument) {
        if (argument == null) {
            return FormatText.error("(null)", conversion);
        }
        if (argument instanceof CharSequence characters) {
            return FormatText.string(characters.toString(), conversion);
        }
        byte[] bytes = FormatTypes.bytesOf(argument);
        if (bytes != null) {
            return FormatText.string(upToZero(bytes), conversion);
        }
        KernelPrintable printable = lookup.printable(argument);
        String pointed = printable == null
                ? null
                : printable.kernelText(conversion.precision() < 0 ? Integer.MAX_VALUE : conversion.precision());
        if (pointed == null) {
            arguments.mismatch(conversion, argument);
            return FormatText.error("(efault)", conversion);
        }
        return FormatText.string(pointed, conversion);
    }

    private static String upToZero(byte[] bytes) {
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
