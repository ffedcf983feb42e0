package dev.tophalf.runtime.script.dialect.source;

/**
 * Marks on names of types. Groovy's grammar asks for a capital first letter where a type could be mistaken for a
 * variable, and C's types have none; a mark is a capital that no name begins with, one for each letter, so that the
 * text stays as long as it was and the name can be told again.
 */
public final class Marks {
    private static final char WIDE_A = '\uff21';
    private static final char UNDERSCORE = '\u0394';

    private Marks() {}

    public static boolean needsMark(String name) {
        char first = name.charAt(0);
        return (first >= 'a' && first <= 'z') || first == '_';
    }

    /** The capital that stands for the first letter of {@code name}. */
    public static char mark(String name) {
        char first = name.charAt(0);
        return first == '_' ? UNDERSCORE : (char) (WIDE_A + (first - 'a'));
    }

    /** The name under the mark, if there is one. */
    public static String unmark(String name) {
        if (name.isEmpty()) {
            return name;
        }
        char first = name.charAt(0);
        if (first == UNDERSCORE) {
            return "_" + name.substring(1);
        }
        boolean marked = first >= WIDE_A && first < WIDE_A + 26;
        return marked ? (char) ('a' + (first - WIDE_A)) + name.substring(1) : name;
    }

    /** The text without any mark. */
    public static String unmarkAll(String text) {
        StringBuilder plain = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == UNDERSCORE) {
                plain.setCharAt(i, '_');
            } else if (letter >= WIDE_A && letter < WIDE_A + 26) {
                plain.setCharAt(i, (char) ('a' + (letter - WIDE_A)));
            }
        }
        return plain.toString();
    }
}
