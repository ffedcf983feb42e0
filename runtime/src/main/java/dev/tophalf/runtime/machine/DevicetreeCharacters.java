package dev.tophalf.runtime.machine;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import java.util.Arrays;

/** The characters of a source file with a place in them; knows lines, columns, blanks and comments. */
final class DevicetreeCharacters {
    private static final CharMatcher BLANK = CharMatcher.anyOf(" \t\r\n\f\u000b");
    private static final ImmutableList<String> NOT_HERE = ImmutableList.of("/include/", "/incbin/");
    private static final ImmutableList<String> PREPROCESSOR = ImmutableList.of(
            "include", "define", "undef", "ifdef", "ifndef", "if", "elif", "else", "endif", "error", "pragma", "line");

    private final String text;
    private final String fileName;
    private final int[] lineStarts;
    private int offset;

    DevicetreeCharacters(String text, String fileName) {
        this.text = text;
        this.fileName = fileName;
        this.lineStarts = lineStarts(text);
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[CharMatcher.is('\n').countIn(text) + 1];
        for (int line = 1; line < starts.length; line++) {
            starts[line] = text.indexOf('\n', starts[line - 1]) + 1;
        }
        return starts;
    }

    int offset() {
        return offset;
    }

    void moveTo(int newOffset) {
        offset = newOffset;
    }

    void skip(int count) {
        offset = Math.min(offset + count, text.length());
    }

    boolean atEnd() {
        return offset >= text.length();
    }

    boolean at(char wanted) {
        return at(0, wanted);
    }

    boolean at(int ahead, char wanted) {
        return offset + ahead < text.length() && text.charAt(offset + ahead) == wanted;
    }

    boolean matches(int ahead, CharMatcher matcher) {
        return offset + ahead < text.length() && matcher.matches(text.charAt(offset + ahead));
    }

    char take() {
        return text.charAt(offset++);
    }

    boolean takeIf(String wanted) {
        boolean isThere = text.startsWith(wanted, offset);
        if (isThere) {
            offset += wanted.length();
        }
        return isThere;
    }

    String takeWhile(CharMatcher matcher) {
        int start = offset;
        while (matches(0, matcher)) {
            offset++;
        }
        return text.substring(start, offset);
    }

    String since(int start) {
        return text.substring(start, offset);
    }

    void skipBlanks() {
        while (matches(0, BLANK) || at('/')) {
            if (matches(0, BLANK)) {
                offset++;
            } else if (text.startsWith("//", offset)) {
                int end = text.indexOf('\n', offset);
                offset = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", offset)) {
                skipComment();
            } else {
                return;
            }
        }
    }

    private void skipComment() {
        int end = text.indexOf("*/", offset + 2);
        if (end < 0) {
            throw problemAt(offset, "expected '*/' to end this comment, found the end of the file");
        }
        offset = end + 2;
    }

    /** Files are read alone: a machine is one page that can be handed around. */
    void refuseDirectives() {
        for (String directive : NOT_HERE) {
            if (text.startsWith(directive, offset)) {
                throw problemAt(offset, "expected the source itself, found '" + directive + "': no other file is read");
            }
        }
        if (at('#') && atLineStart()) {
            int end = offset + 1;
            while (end < text.length() && Character.isLetter(text.charAt(end))) {
                end++;
            }
            String word = text.substring(offset + 1, end);
            if (PREPROCESSOR.contains(word) && !text.startsWith("-", end)) {
                throw problemAt(
                        offset,
                        "expected plain Devicetree source, found '#" + word
                                + "': there is no preprocessor, write the text and the numbers out");
            }
        }
    }

    private boolean atLineStart() {
        int before = offset - 1;
        while (before >= 0 && text.charAt(before) != '\n' && BLANK.matches(text.charAt(before))) {
            before--;
        }
        return before < 0 || text.charAt(before) == '\n';
    }

    DevicetreePosition position(int at) {
        int found = Arrays.binarySearch(lineStarts, at);
        int line = found >= 0 ? found : -found - 2;
        return new DevicetreePosition(fileName, line + 1, at - lineStarts[line] + 1);
    }

    DevicetreeException problemAt(int at, String problem) {
        return new DevicetreeException(position(at), problem);
    }
}
