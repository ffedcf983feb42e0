package dev.tophalf.runtime.machine;

import java.util.List;

/**
 * One word of Devicetree source.
 *
 * @param text what the word says: a name, the text of a string without quotes and escapes, a label without its colon,
 *     a reference without its ampersand and braces, an operator
 * @param value the number that a {@link Kind#NUMBER} or {@link Kind#BYTE} stands for, else 0
 * @param source the word as it was written, for messages
 */
record DevicetreeToken(Kind kind, String text, long value, String source, DevicetreePosition position) {

    enum Kind {
        DIRECTIVE,
        NAME,
        LABEL,
        REFERENCE,
        STRING,
        NUMBER,
        BYTE,
        SYMBOL,
        END
    }

    boolean is(Kind wanted, String wantedText) {
        return kind == wanted && text.equals(wantedText);
    }

    boolean isSymbol(String wanted) {
        return is(Kind.SYMBOL, wanted);
    }

    boolean isOneOf(List<String> symbols) {
        return kind == Kind.SYMBOL && symbols.contains(text);
    }

    /** The word as a message shows it. */
    String shown() {
        return kind == Kind.END ? "the end of the file" : "'" + source + "'";
    }

    DevicetreeException notExpected(String expected) {
        return new DevicetreeException(position, "expected " + expected + ", found " + shown());
    }
}
