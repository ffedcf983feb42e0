package dev.tophalf.shell.repl;

import dev.tophalf.shell.repl.command.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Lines from a file or a program: no prompt, no echo, no colour. */
final class PipePrompt {
    private final BufferedReader in;
    private final Session session;
    private final Interpreter interpreter;

    PipePrompt(Session session, BufferedReader in) {
        this.in = in;
        this.session = session;
        this.interpreter = new Interpreter(session);
    }

    /** Does the lines to the end, or until one says {@code exit}. Returns the status of the last one. */
    int run() {
        StringBuilder input = new StringBuilder();
        for (String line = read(); line != null; line = session.isLeaving() ? null : read()) {
            input.append(input.isEmpty() ? "" : "\n").append(line);
            if (!interpreter.goesOn(input.toString())) {
                interpreter.execute(input.toString());
                input.setLength(0);
            }
        }
        return input.isEmpty() ? session.status() : interpreter.execute(input.toString());
    }

    private @Nullable String read() {
        try {
            return in.readLine();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
