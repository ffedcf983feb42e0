package dev.tophalf.shell.command;

import dev.tophalf.shell.grade.GradeCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;

/** The commands, in the order of {@code tophalf help}. */
public final class Commands {
    private static final int USAGE_WIDTH = 100;

    private Commands() {}

    /** What understands a command line. It prints to {@code out} and {@code err} alone. */
    public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        TophalfCommand tophalf = new TophalfCommand();
        Mistakes mistakes = new Mistakes(tophalf);
        return new CommandLine(tophalf)
                .addSubcommand(new RunCommand(out, err))
                .addSubcommand(new GradeCommand())
                .addSubcommand(new ManCommand(out))
                .addSubcommand(new HelpCommand())
                .setOut(out)
                .setErr(err)
                .setColorScheme(Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(USAGE_WIDTH)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(mistakes::usage)
                .setExecutionExceptionHandler(mistakes::execution);
    }
}
