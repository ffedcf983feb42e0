package dev.tophalf.linux;

import com.google.common.base.CharMatcher;

/**
 * One conversion of a format string, from its percent sign to its letter.
 *
 * @param flags those of {@code -+ #0} that were given
 * @param width the least number of characters, {@link #ABSENT} or {@link #FROM_ARGUMENT}
 * @param precision the least number of digits or the most characters, {@link #ABSENT} or {@link #FROM_ARGUMENT}
 * @param length {@code hh h l ll L z t} or empty
 * @param letter what to print, or {@link #NO_LETTER} at the end of the format
 * @param extension the letters and digits after {@code p}
 * @param end where in the format the rest begins
 */
record FormatConversion(String flags, int width, int precision, String length, char letter, String extension, int end) {
    static final int ABSENT = -1;
    static final int FROM_ARGUMENT = -2;
    static final char NO_LETTER = '\0';

    /** Just too long for a text; in the kernel it is 2^23 - 1. */
    static final int MAX_WIDTH = Format.MAX_LENGTH + 1;

    /** As in the kernel. */
    static final int MAX_PRECISION = (1 << 15) - 1;

    private static final CharMatcher DIGIT = CharMatcher.inRange('0', '9');
    private static final CharMatcher ALPHANUMERIC =
            DIGIT.or(CharMatcher.inRange('a', 'z')).or(CharMatcher.inRange('A', 'Z'));

    /** Reads the conversion whose percent sign is at {@code percent}. */
    static FormatConversion parse(String format, int percent) {
        int flagsEnd = skip(format, percent + 1, CharMatcher.anyOf("-+ #0"));
        int widthEnd = numberEnd(format, flagsEnd);
        boolean hasPoint = widthEnd < format.length() && format.charAt(widthEnd) == '.';
        int precisionStart = hasPoint ? widthEnd + 1 : widthEnd;
        int precisionEnd = hasPoint ? numberEnd(format, precisionStart) : widthEnd;
        int lengthEnd = lengthEnd(format, precisionEnd);
        boolean hasLetter = lengthEnd < format.length();
        char letter = hasLetter ? format.charAt(lengthEnd) : NO_LETTER;
        int letterEnd = hasLetter ? lengthEnd + 1 : lengthEnd;
        int end = letter == 'p' ? skip(format, letterEnd, ALPHANUMERIC) : letterEnd;
        return new FormatConversion(
                format.substring(percent + 1, flagsEnd),
                number(format.substring(flagsEnd, widthEnd), MAX_WIDTH),
                number(format.substring(precisionStart, precisionEnd), MAX_PRECISION),
                format.substring(precisionEnd, lengthEnd),
                letter,
                format.substring(letterEnd, end),
                end);
    }

    private static int skip(String format, int start, CharMatcher matcher) {
        int end = start;
        while (end < format.length() && matcher.matches(format.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int numberEnd(String format, int start) {
        return format.startsWith("*", start) ? start + 1 : skip(format, start, DIGIT);
    }

    /** A length is one letter, only {@code h} and {@code l} may be doubled. */
    private static int lengthEnd(String format, int start) {
        if (format.startsWith("hh", start) || format.startsWith("ll", start)) {
            return start + 2;
        }
        return start < format.length() && "hlLzt".indexOf(format.charAt(start)) >= 0 ? start + 1 : start;
    }

    private static int number(String digits, int most) {
        if (digits.equals("*")) {
            return FROM_ARGUMENT;
        }
        int number = digits.isEmpty() ? ABSENT : 0;
        for (int i = 0; i < digits.length(); i++) {
            number = Math.min(number * 10 + digits.charAt(i) - '0', most);
        }
        return number;
    }

    /** A width from an argument; as in C a negative one aligns to the left. */
    FormatConversion withWidth(long given) {
        int newWidth = (int) Math.min(Math.abs(given), MAX_WIDTH);
        FormatConversion wider = new FormatConversion(flags, newWidth, precision, length, letter, extension, end);
        return given < 0 ? wider.withFlag('-') : wider;
    }

    FormatConversion withFlag(char flag) {
        return new FormatConversion(flags + flag, width, precision, length, letter, extension, end);
    }

    /** A precision from an argument; a negative one is 0, which is not what C says. */
    FormatConversion withPrecision(long given) {
        int newPrecision = (int) Math.max(0, Math.min(given, MAX_PRECISION));
        return new FormatConversion(flags, width, newPrecision, length, letter, extension, end);
    }

    boolean has(char flag) {
        return flags.indexOf(flag) >= 0;
    }

    boolean isSigned() {
        return letter == 'd' || letter == 'i';
    }

    /** How many bits of the argument are printed. */
    int bits() {
        return switch (length) {
            case "hh" -> 8;
            case "h" -> 16;
            case "" -> 32;
            default -> 64;
        };
    }

    /** The conversion as gcc names it: without flags, width and precision. */
    String shown() {
        return letter == 'p' ? "%p" : "%" + length + letter;
    }

    /** The type that gcc expects of the argument. */
    String expectedType() {
        return switch (letter) {
            case 'p' -> "void *";
            case 's' -> "char *";
            case 'c' -> "int";
            default -> expectedInteger();
        };
    }

    private String expectedInteger() {
        return switch (length) {
            case "hh", "h" -> "int";
            case "l" -> isSigned() ? "long int" : "long unsigned int";
            case "ll", "L" -> isSigned() ? "long long int" : "long long unsigned int";
            case "z" -> isSigned() ? "signed size_t" : "size_t";
            case "t" -> isSigned() ? "ptrdiff_t" : "unsigned ptrdiff_t";
            default -> isSigned() ? "int" : "unsigned int";
        };
    }
}
