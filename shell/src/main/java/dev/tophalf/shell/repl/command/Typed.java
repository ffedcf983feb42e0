package dev.tophalf.shell.repl.command;

import dev.tophalf.shell.world.WorldException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command as typed, taken apart.
 *
 * @param words the words after the command's name, without their quotes
 * @param target the file after {@code >}, or null
 */
public record Typed(List<String> words, @Nullable String target) {

    /** Takes apart what follows a command's name. Quotes and {@code \} keep blanks and {@code >}; {@code #} begins a comment. */
    public static Typed of(String text) {
        return new Reader(text).read();
    }

    private static final class Reader {
        private final String text;
        private final List<String> words = new ArrayList<>();
        private final StringBuilder word = new StringBuilder();
        private boolean inWord;
        private @Nullable String target;
        private boolean wantsTarget;
        private int position;

        Reader(String text) {
            this.text = text;
        }

        Typed read() {
            while (position < text.length()) {
                char c = text.charAt(position++);
                if (Character.isWhitespace(c)) {
                    endWord();
                } else if (c == '#' && !inWord) {
                    position = text.length();
                } else if (c == '>') {
                    beginTarget();
                } else {
                    inWord = true;
                    append(c);
                }
            }
            endWord();
            if (wantsTarget) {
                throw new WorldException("a file is missing after '>'");
            }
            return new Typed(List.copyOf(words), target);
        }

        private void append(char c) {
            if (c == '\'' || c == '"') {
                quoted(c);
            } else if (c == '\\' && position < text.length()) {
                word.append(text.charAt(position++));
            } else {
                word.append(c);
            }
        }

        private void quoted(char quote) {
            int end = text.indexOf(quote, position);
            if (end < 0) {
                throw new WorldException("the quote " + quote + " is not closed");
            }
            word.append(text, position, end);
            position = end + 1;
        }

        private void beginTarget() {
            endWord();
            if (wantsTarget || target != null) {
                throw new WorldException("'>' is there twice; quote it to mean the character");
            }
            wantsTarget = true;
            if (position < text.length() && text.charAt(position) == '>') {
                position++;
            }
        }

        private void endWord() {
            if (!inWord) {
                return;
            }
            if (wantsTarget) {
                target = word.toString();
                wantsTarget = false;
            } else {
                words.add(word.toString());
            }
            word.setLength(0);
            inWord = false;
        }
    }
}
