package dev.tophalf.runtime.machine;

import com.google.common.base.CharMatcher;

/** The quoted words of Devicetree source: strings and character literals, with the escapes of C. */
final class DevicetreeText {
    private static final CharMatcher OCTAL = CharMatcher.inRange('0', '7');
    private static final CharMatcher HEX =
            CharMatcher.inRange('0', '9').or(CharMatcher.inRange('a', 'f')).or(CharMatcher.inRange('A', 'F'));
    private static final String LETTERS = "abtnvfr";
    private static final String MEANINGS = "\u0007\b\t\n\u000b\f\r";

    private DevicetreeText() {}

    /** Reads a string from its opening to its closing quote. */
    static String string(DevicetreeCharacters source) {
        return quoted(source, '"', "string");
    }

    /** Reads a character literal and returns its code. */
    static long character(DevicetreeCharacters source) {
        int start = source.offset();
        String text = quoted(source, '\'', "character");
        if (text.length() != 1) {
            throw source.problemAt(start, "expected one character between quotes, found " + source.since(start));
        }
        return text.charAt(0);
    }

    private static String quoted(DevicetreeCharacters source, char quote, String what) {
        int start = source.offset();
        source.skip(1);
        StringBuilder text = new StringBuilder();
        while (!source.at(quote)) {
            if (source.atEnd() || source.at('\n')) {
                throw source.problemAt(
                        start,
                        "expected " + quote + " to end this " + what + ", found the end of the "
                                + (source.atEnd() ? "file" : "line"));
            }
            char next = source.take();
            text.append(next == '\\' ? escape(source) : next);
        }
        source.skip(1);
        return text.toString();
    }

    private static char escape(DevicetreeCharacters source) {
        int start = source.offset() - 1;
        if (source.matches(0, OCTAL)) {
            return code(source, start, OCTAL, 3, 8);
        }
        if (source.at('x') && source.matches(1, HEX)) {
            source.skip(1);
            return code(source, start, HEX, 2, 16);
        }
        if (source.atEnd()) {
            throw source.problemAt(start, "expected a character after '\\', found the end of the file");
        }
        char escaped = source.take();
        int letter = LETTERS.indexOf(escaped);
        return letter < 0 ? escaped : MEANINGS.charAt(letter);
    }

    private static char code(DevicetreeCharacters source, int start, CharMatcher digits, int most, int radix) {
        int code = 0;
        for (int count = 0; count < most && source.matches(0, digits); count++) {
            code = code * radix + Character.digit(source.take(), radix);
        }
        if (code > 0x7f) {
            throw source.problemAt(
                    start, "expected an escape up to \\x7f, found '" + source.since(start) + "': write bytes as [ ]");
        }
        return (char) code;
    }
}
