package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Format;
import dev.tophalf.runtime.Simulation;
import org.jspecify.annotations.Nullable;

/** Formatted text of drivers, into the kernel log or a buffer. */
public final class Messages {
    private static final char LEVEL = 1;
    private static final int DEFAULT_LEVEL = 4;

    private Messages() {}

    /** The text of a format and its arguments; what does not fit is reported. */
    public static String text(@Nullable String format, @Nullable Object... arguments) {
        Format.Result result = Format.format(String.valueOf(format), arguments);
        for (String problem : result.problems()) {
            Misuses.report("format-mismatch", problem, "", "make the format and its arguments agree");
        }
        return result.text();
    }

    /** Logs with a level. Returns the number of characters. */
    public static int log(int level, String text) {
        Simulation now = Simulation.current();
        now.meter().output(text.length());
        now.log(level, text);
        return text.length();
    }

    /** Logs text that begins with a level as {@code KERN_INFO} has it, or with none. */
    public static int logWithLevel(String text) {
        if (text.length() >= 2 && text.charAt(0) == LEVEL && Character.isDigit(text.charAt(1))) {
            return log(text.charAt(1) - '0', text.substring(2));
        }
        return log(DEFAULT_LEVEL, text);
    }
}
