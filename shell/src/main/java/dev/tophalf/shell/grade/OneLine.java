package dev.tophalf.shell.grade;

/** Makes any text safe to print: one line, no control characters, not too long. A driver may have written it. */
final class OneLine {
    private static final int MOST = 300;

    private OneLine() {}

    static String of(String text) {
        StringBuilder line = new StringBuilder();
        boolean blank = false;
        for (int i = 0; i < text.length() && line.length() < MOST; ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (isBlank(point)) {
                blank = !line.isEmpty();
                continue;
            }
            if (blank) {
                line.append(' ');
                blank = false;
            }
            line.appendCodePoint(isPrintable(point) ? point : '?');
        }
        return line.length() >= MOST ? line + "..." : line.toString();
    }

    private static boolean isBlank(int point) {
        return Character.isWhitespace(point) || Character.isSpaceChar(point);
    }

    private static boolean isPrintable(int point) {
        int type = Character.getType(point);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.UNASSIGNED
                && type != Character.PRIVATE_USE;
    }
}
