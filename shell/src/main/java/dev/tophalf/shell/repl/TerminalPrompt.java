package dev.tophalf.shell.repl;

import dev.tophalf.runtime.machine.Board.Part;
import dev.tophalf.shell.repl.command.Session;
import dev.tophalf.shell.repl.text.Paint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jspecify.annotations.Nullable;

/** The prompt on a terminal: line editing, completion, history. Ctrl-C stops what runs, Ctrl-D leaves. */
final class TerminalPrompt {
    private static final String CONTINUED = "      -> ";

    private final Session session;
    private final Interpreter interpreter;
    private final Terminal terminal;
    private final LineReader reader;

    /**
     * @param history where lines are kept from session to session, or null for nowhere
     */
    TerminalPrompt(Session session, Terminal terminal, @Nullable Path history) {
        this.terminal = terminal;
        this.session = session;
        this.interpreter = new Interpreter(session);
        this.reader = reader(history);
    }

    private LineReader reader(@Nullable Path history) {
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("tophalf")
                .parser(new PromptParser(interpreter))
                .completer(new PromptCompleter(session))
                .option(Option.DISABLE_EVENT_EXPANSION, true)
                .option(Option.CASE_INSENSITIVE_SEARCH, true)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, CONTINUED);
        if (history != null) {
            builder.variable(LineReader.HISTORY_FILE, history);
        }
        return builder.build();
    }

    /**
     * Reads and does lines until the person leaves. Returns the status of the last one.
     *
     * @param whenReady what to begin when the first prompt is about to appear
     */
    int run(Runnable whenReady) {
        reader.getWidgets().put(LineReader.CALLBACK_INIT, () -> {
            reader.getWidgets().remove(LineReader.CALLBACK_INIT);
            whenReady.run();
            return true;
        });
        terminal.handle(Signal.INT, signal -> session.interrupt());
        greet();
        while (!session.isLeaving()) {
            step();
        }
        save();
        return session.status();
    }

    private void step() {
        session.takeInterrupt();
        try {
            interpreter.execute(reader.readLine(prompt()));
        } catch (UserInterruptException cleared) {
            // The next prompt is all that it takes.
        } catch (EndOfFileException end) {
            session.leave();
        }
    }

    private void greet() {
        String labels =
                session.simulation().board().parts().stream().map(Part::label).collect(Collectors.joining(", "));
        session.console().line("Linux 6.12 on a simulated machine with " + labels + ".");
        session.console().line("'help' lists the commands, Tab completes, Ctrl-D leaves.");
    }

    private String prompt() {
        int findings = session.findingsShown();
        Paint paint = session.console().paint();
        String count = findings == 0 ? "" : " " + paint.error(findings + (findings == 1 ? " finding" : " findings"));
        return "tophalf" + count + "> ";
    }

    private void save() {
        try {
            reader.getHistory().save();
        } catch (IOException unwritable) {
            // What was typed is lost for the next session, and nothing else.
        }
    }
}
