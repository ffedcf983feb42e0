package dev.tophalf.shell.repl.command;

import dev.tophalf.shell.world.WorldException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lets machine time pass. */
final class RunFor extends PromptCommand {
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*(ns|us|ms|s)");
    private static final long HOUR_NS = 3_600_000_000_000L;

    RunFor() {
        super("run_for", "TIME...", "let machine time pass: run_for 10ms (ns, us, ms, s)", Completion.NONE);
    }

    @Override
    int run(Session session, Typed typed) {
        session.world().runFor(nanoseconds(String.join(" ", typed.words())));
        return 0;
    }

    /** A time such as {@code 10ms} in nanoseconds, an hour at most. */
    static long nanoseconds(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new WorldException(
                    "run_for: '" + text + "' is no time; write 10ms, or another number of ns, us, ms, s");
        }
        long unit = switch (time.group(2)) {
            case "ns" -> 1L;
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            default -> 1_000_000_000L;
        };
        long ns = Long.parseLong(time.group(1)) * unit;
        if (ns > HOUR_NS) {
            throw new WorldException("run_for: " + text + " is longer than an hour (3600s), the most at a time");
        }
        return ns;
    }
}
