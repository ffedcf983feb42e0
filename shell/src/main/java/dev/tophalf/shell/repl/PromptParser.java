package dev.tophalf.shell.repl;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells the line editor when a line is complete, and which word of it the cursor is in. */
final class PromptParser implements Parser {
    private final Interpreter interpreter;

    PromptParser(Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context != ParseContext.COMPLETE && interpreter.goesOn(line)) {
            throw new EOFError(-1, -1, "a bracket is open");
        }
        return Words.of(line, cursor, interpreter.isCommand(line));
    }

    @Override
    public boolean isEscapeChar(char ch) {
        return false;
    }

    /**
     * The words of a line up to the cursor. A command's words end at blanks and {@code >}, those of driver code at
     * whatever no name has.
     */
    record Words(String line, int cursor, List<String> words, String word, int wordCursor)
            implements CompletingParsedLine {

        static Words of(String line, int cursor, boolean isCommand) {
            List<String> words = new ArrayList<>();
            int start = 0;
            int position = 0;
            while (position < cursor) {
                char c = line.charAt(position++);
                if (isCommand ? Character.isWhitespace(c) || c == '>' : !isPartOfName(c)) {
                    if (start < position - 1) {
                        words.add(line.substring(start, position - 1));
                    }
                    if (c == '>') {
                        words.add(">");
                    }
                    start = position;
                }
            }
            int end = cursor;
            while (end < line.length() && isPartOfName(line.charAt(end))) {
                end++;
            }
            String word = line.substring(start, end);
            words.add(word);
            return new Words(line, cursor, List.copyOf(words), word, cursor - start);
        }

        private static boolean isPartOfName(char c) {
            return Character.isJavaIdentifierPart(c) || c == '.';
        }

        /** Whether only blanks stand before the word. */
        boolean isFirst() {
            return line.substring(0, cursor - wordCursor).isBlank();
        }

        @Override
        public int wordIndex() {
            return words.size() - 1;
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor;
        }

        @Override
        public int rawWordLength() {
            return word.length();
        }
    }
}
