package dev.tophalf.shell.repl;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether driver code that was typed so far is complete, or goes on in the next line. */
final class Brackets {
    /** What cannot be all: a function without its body, a condition without what depends on it. */
    private static final Pattern HEADER = Pattern.compile(
            "\\s*(?:(?:static\\s[\\w\\s\\[\\]]*|if\\s*|while\\s*|for\\s*)\\((.*)\\)|class\\s+\\w+|else|do)\\s*");

    private final String text;
    private int position;
    private int depth;
    private boolean open;

    private Brackets(String text) {
        this.text = text;
    }

    /** Whether a bracket, a text of several lines or a comment is still open at the end, or a body is missing. */
    static boolean areOpen(String text) {
        Brackets brackets = new Brackets(text);
        while (brackets.position < text.length() && !brackets.open) {
            brackets.step();
        }
        return brackets.open || brackets.depth > 0 || endsWithHeader(text);
    }

    private static boolean endsWithHeader(String text) {
        Matcher header = HEADER.matcher(text.substring(text.lastIndexOf('\n') + 1));
        return header.matches() && (header.group(1) == null || staysInside(header.group(1)));
    }

    /** Whether the brackets of {@code text} never close one from before it. */
    private static boolean staysInside(String text) {
        int depth = 0;
        for (int i = 0; i < text.length() && depth >= 0; i++) {
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
        }
        return depth >= 0;
    }

    private void step() {
        char c = text.charAt(position);
        if (at("//")) {
            skipPast("\n", false);
        } else if (at("/*")) {
            position += 2;
            skipPast("*/", true);
        } else if (at("'''") || at("\"\"\"")) {
            String quote = text.substring(position, position + 3);
            position += 3;
            skipPast(quote, true);
        } else if (c == '\'' || c == '"') {
            skipQuoted(c);
        } else {
            position++;
            depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
        }
    }

    private boolean at(String token) {
        return text.startsWith(token, position);
    }

    private void skipPast(String end, boolean mustEnd) {
        int found = text.indexOf(end, position);
        open = found < 0 && mustEnd;
        position = found < 0 ? text.length() : found + end.length();
    }

    /** A text in quotes ends with its line; one that does not is the compiler's to refuse. */
    private void skipQuoted(char quote) {
        position++;
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '\\') {
                position++;
            } else if (c == quote || c == '\n') {
                return;
            }
        }
    }
}
