package dev.tophalf.shell.repl;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line that may be a command: a name, and what follows it.
 *
 * @param name what the line begins with
 * @param rest what stands after the name
 */
record CommandLine(String name, String rest) {
    /** What makes a line that begins with a name an assignment to it. */
    private static final String ASSIGNS = "(?:[-+*/%&|^]|<<|>>)?=(?:[^=]|$)";

    private static final Pattern FORM =
            Pattern.compile("\\s*(\\w[\\w-]*)((?:\\s*>|\\s+(?!" + ASSIGNS + ")).*)?", Pattern.DOTALL);

    private static final Pattern CALL = Pattern.compile("\\s*(\\w+)\\s*\\(([^(),]*)\\)\\s*");

    /** The line taken apart, or null if it cannot be a command. */
    static @Nullable CommandLine of(String line) {
        Matcher form = FORM.matcher(withoutEnd(line));
        if (!form.matches()) {
            return null;
        }
        String rest = form.group(2);
        return new CommandLine(form.group(1), rest == null ? "" : rest.strip());
    }

    /** As {@link #of}, for a command that is written like a call with one argument or none, or null. */
    static @Nullable CommandLine ofCall(String line) {
        Matcher call = CALL.matcher(withoutEnd(line));
        return call.matches() ? new CommandLine(call.group(1), call.group(2).strip()) : null;
    }

    /** A person who writes C ends everything with a semicolon. */
    private static String withoutEnd(String line) {
        String text = line.stripTrailing();
        return text.endsWith(";") ? text.substring(0, text.length() - 1).stripTrailing() : text;
    }
}
