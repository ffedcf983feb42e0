package dev.tophalf.shell;

import dev.tophalf.shell.command.Commands;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.ExitCode;

/** The program {@code tophalf}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        PrintWriter out = writer(FileDescriptor.out);
        PrintWriter err = writer(FileDescriptor.err);
        System.exit(run(args, out, err));
    }

    /** UTF-8 whatever the locale, so that the same run prints the same bytes everywhere. */
    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8));
    }

    /** Runs one command line. Returns its exit status: 0 no finding, 1 findings, 2 not run. */
    public static int run(String[] args, PrintWriter out, PrintWriter err) {
        try {
            return Commands.commandLine(out, err).execute(args);
        } catch (StackOverflowError | OutOfMemoryError broken) {
            err.println("tophalf: internal error: " + broken);
            return ExitCode.USAGE;
        } finally {
            out.flush();
            err.flush();
        }
    }
}
