package dev.tophalf.shell.repl;

import dev.tophalf.shell.repl.text.Paint;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** The terminal that the program was started on. */
final class SystemTerminal {
    /** What the line editor has to say about an odd terminal, stack traces and all, is nothing for a person at it. */
    private static final Logger LOG = Logger.getLogger("org.jline");

    private SystemTerminal() {}

    /** The terminal, or null if input or output is something else. */
    static @Nullable Terminal open() throws IOException {
        if (!isThere()) {
            return null;
        }
        LOG.setLevel(Level.OFF);
        // Others start slower; asking the terminal for its features takes long where nobody answers.
        return TerminalBuilder.builder()
                .system(true)
                .providers("jni,exec,dumb")
                .graphemeCluster(false)
                .build();
    }

    /** Before Java 22 there is a console only if there is a terminal; since then the console says so itself. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isThere() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }

    /** Colours, unless the terminal has none or the person wants none. */
    static Paint paint(Terminal terminal) {
        String noColour = System.getenv("NO_COLOR");
        boolean unwanted = noColour != null && !noColour.isEmpty();
        return unwanted || terminal.getType().startsWith(Terminal.TYPE_DUMB) ? Paint.OFF : Paint.ON;
    }

    /** Where the person's lines are kept, or null. */
    static @Nullable Path history() {
        return HistoryFile.find(System.getenv(), System.getProperty("user.home", ""));
    }
}
