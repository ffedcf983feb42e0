package dev.tophalf.shell.repl;

import dev.tophalf.shell.repl.command.Session;
import dev.tophalf.shell.repl.text.Console;
import dev.tophalf.shell.repl.text.Paint;
import dev.tophalf.shell.world.World;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Terminal;

/**
 * A read-eval-print loop in front of a machine: with all comfort on a terminal; line by line on a pipe, where nothing is
 * printed but results.
 */
public final class Repl {
    private final World world;
    private final boolean debug;

    public Repl(World world) {
        this(world, false);
    }

    /**
     * @param debug whether a mistake of the simulator is shown with its Java stack trace
     */
    public Repl(World world, boolean debug) {
        this.world = world;
        this.debug = debug;
    }

    /** Does what standard input says. Returns the status of its last line: 0, 1 after findings, 2 after bad input. */
    public int run() {
        try (Terminal terminal = SystemTerminal.open()) {
            return terminal == null ? onPipe() : onTerminal(terminal);
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    private int onTerminal(Terminal terminal) {
        Paint paint = SystemTerminal.paint(terminal);
        Session session = new Session(world, new Console(terminal.writer(), terminal.writer(), paint), debug);
        return new TerminalPrompt(session, terminal, SystemTerminal.history()).run(() -> WarmUp.start(world));
    }

    private int onPipe() {
        Console console = new Console(writer(FileDescriptor.out), writer(FileDescriptor.err), Paint.OFF);
        BufferedReader in = new BufferedReader(
                new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8));
        return new PipePrompt(new Session(world, console, debug), in).run();
    }

    /** UTF-8 whatever the locale, so that the same session prints the same bytes everywhere. */
    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8));
    }
}
