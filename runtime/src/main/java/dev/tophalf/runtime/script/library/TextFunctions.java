package dev.tophalf.runtime.script.library;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What Groovy adds to Java's strings, and what Java's own would do by the host's settings or by regular expressions. */
public final class TextFunctions {
    private static final String BLANKS = " \t\n\r\f";
    private static final String PATTERN_SIGNS = "\\[](){}*+?|^$";

    private TextFunctions() {}

    public static int size(String self) {
        return self.length();
    }

    public static int toInteger(String self) {
        return Integer.parseInt(self.trim());
    }

    public static long toLong(String self) {
        return Long.parseLong(self.trim());
    }

    public static boolean isInteger(String self) {
        try {
            toInteger(self);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    public static String toUpperCase(String self) {
        return self.toUpperCase(Locale.ROOT);
    }

    public static String toLowerCase(String self) {
        return self.toLowerCase(Locale.ROOT);
    }

    public static String capitalize(String self) {
        return self.isEmpty() ? self : toUpperCase(self.substring(0, 1)) + self.substring(1);
    }

    public static String reverse(String self) {
        return new StringBuilder(self).reverse().toString();
    }

    public static String take(String self, int count) {
        return self.substring(0, Math.max(0, Math.min(count, self.length())));
    }

    public static String drop(String self, int count) {
        return self.substring(Math.max(0, Math.min(count, self.length())));
    }

    public static String padLeft(String self, int width) {
        return padLeft(self, width, " ");
    }

    public static String padLeft(String self, int width, String filler) {
        return padding(self, width, filler) + self;
    }

    public static String padRight(String self, int width) {
        return padRight(self, width, " ");
    }

    public static String padRight(String self, int width, String filler) {
        return self + padding(self, width, filler);
    }

    private static String padding(String self, int width, String filler) {
        Values.checkLength(width);
        if (filler.isEmpty()) {
            throw new IllegalArgumentException("nothing to fill with");
        }
        int missing = Math.max(0, width - self.length());
        return filler.repeat(missing / filler.length() + 1).substring(0, missing);
    }

    /** {@code text * 3}. */
    public static String multiply(String self, int count) {
        if (count < 0) {
            throw new IllegalArgumentException("a text " + count + " times");
        }
        Values.checkLength((long) self.length() * count);
        return self.repeat(count);
    }

    public static String replace(String self, String old, String now) {
        Values.checkLength((long) self.length() + (long) count(self, old) * now.length());
        return self.replace(old, now);
    }

    public static int count(String self, String part) {
        if (part.isEmpty()) {
            return self.length() + 1;
        }
        int count = 0;
        for (int at = self.indexOf(part); at >= 0; at = self.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    /** The words between blanks. */
    public static List<String> tokenize(String self) {
        return tokenize(self, BLANKS);
    }

    /** The words between any of those characters. */
    public static List<String> tokenize(String self, String separators) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= self.length(); i++) {
            if (i == self.length() || separators.indexOf(self.charAt(i)) >= 0) {
                if (i > start) {
                    words.add(self.substring(start, i));
                }
                start = i + 1;
            }
        }
        return words;
    }

    /** The words between blanks. */
    public static String[] split(String self) {
        return tokenize(self).toArray(new String[0]);
    }

    /** What is between {@code separator} and the next, without empty texts at the end. The separator is no pattern. */
    public static String[] split(String self, String separator) {
        for (int i = 0; i < separator.length(); i++) {
            if (PATTERN_SIGNS.indexOf(separator.charAt(i)) >= 0) {
                throw new IllegalArgumentException("split() takes plain text, not the pattern '" + separator
                        + "'; for any of several characters write tokenize()");
            }
        }
        if (separator.isEmpty()) {
            throw new IllegalArgumentException("split() takes the text between the parts, which is not empty");
        }
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int at = self.indexOf(separator); at >= 0; at = self.indexOf(separator, start)) {
            parts.add(self.substring(start, at));
            start = at + separator.length();
        }
        parts.add(self.substring(start));
        int end = parts.size();
        while (end > 1 && parts.get(end - 1).isEmpty()) {
            end--;
        }
        return parts.subList(0, end).toArray(new String[0]);
    }

    /** The one character at that place, as a text. */
    public static String getAt(String self, int place) {
        return self.substring(place, place + 1);
    }

    /** The characters at those places. */
    public static String getAt(String self, List<Integer> places) {
        StringBuilder text = new StringBuilder();
        for (int place : places) {
            text.append(self.charAt(place));
            Values.checkLength(text.length());
        }
        return text.toString();
    }

    /** The text in UTF-8. */
    public static byte[] getBytes(String self) {
        return self.getBytes(StandardCharsets.UTF_8);
    }
}
