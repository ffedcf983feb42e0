package dev.tophalf.linux;

import com.google.common.base.Strings;
import java.util.Locale;

/** Lays out numbers and strings the way the kernel does, which now and then is not the way of the C library. */
final class FormatText {
    private static final int POINTER_DIGITS = 16;

    private FormatText() {}

    /** A string, cut to the precision and padded to the width. */
    static String string(String text, FormatConversion conversion) {
        boolean isCut = conversion.precision() >= 0 && conversion.precision() < text.length();
        return padded(isCut ? text.substring(0, conversion.precision()) : text, conversion);
    }

    /** What stands in the place of a value that cannot be read: cut to 16 characters unless the format says otherwise. */
    static String error(String text, FormatConversion conversion) {
        return string(text, conversion.precision() < 0 ? conversion.withPrecision(POINTER_DIGITS) : conversion);
    }

    /** A string padded to the width. */
    static String padded(String text, FormatConversion conversion) {
        return conversion.has('-')
                ? Strings.padEnd(text, conversion.width(), ' ')
                : Strings.padStart(text, conversion.width(), ' ');
    }

    /** An argument of {@code %d} and its kin, cut to the bits of its type. */
    static String integer(long value, FormatConversion conversion) {
        int unused = Long.SIZE - conversion.bits();
        long cut = conversion.isSigned() ? value << unused >> unused : value << unused >>> unused;
        return switch (conversion.letter()) {
            case 'o' -> number(Long.toOctalString(cut), cut == 0 ? "" : "0", "", conversion);
            case 'x' -> number(Long.toHexString(cut), "0x", "", conversion);
            case 'X' -> number(Long.toHexString(cut).toUpperCase(Locale.ROOT), "0X", "", conversion);
            case 'u' -> number(Long.toUnsignedString(cut), "", "", conversion);
            default -> signed(cut, conversion);
        };
    }

    static String signed(long value, FormatConversion conversion) {
        String sign = value < 0 ? "-" : conversion.has('+') ? "+" : conversion.has(' ') ? " " : "";
        return number(Long.toUnsignedString(value < 0 ? -value : value), "", sign, conversion);
    }

    /** An address as {@code %px} prints it: 16 digits unless a width is given. */
    static String address(long value, FormatConversion conversion) {
        FormatConversion full =
                conversion.width() < 0 ? conversion.withWidth(POINTER_DIGITS).withFlag('0') : conversion;
        return number(Long.toHexString(value), "0x", "", full);
    }

    /**
     * Puts a number together. Unlike in C, zero with a precision of 0 prints as 0, zeros fill the width even if there is
     * a precision, and {@code %#x} of zero has its prefix.
     */
    private static String number(String digits, String prefixIfAlternate, String sign, FormatConversion conversion) {
        String prefix = sign + (conversion.has('#') ? prefixIfAlternate : "");
        String precise = Strings.padStart(digits, conversion.precision(), '0');
        if (conversion.has('0') && !conversion.has('-')) {
            return prefix + Strings.padStart(precise, conversion.width() - prefix.length(), '0');
        }
        return padded(prefix + precise, conversion);
    }
}
