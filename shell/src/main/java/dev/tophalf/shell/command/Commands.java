package dev.tophalf.shell.command;

import dev.tophalf.shell.grade.GradeCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The commands, in the order of {@code tophalf help}. */
public final class Commands {
    private static final int USAGE_WIDTH = 100;

    private Commands() {}

    /** What understands a command line. It prints to {@code out} and {@code err} alone. */
    public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        LimitOptions limits = new LimitOptions();
        TophalfCommand tophalf = new TophalfCommand(limits);
        Mistakes mistakes = new Mistakes(tophalf);
        return limited(tophalf, limits)
                .addSubcommand(limited(new RunCommand(out, err, limits), limits))
                .addSubcommand(limited(new ExploreCommand(out, err, limits), limits))
                .addSubcommand(new ReplayCommand().commandLine())
                .addSubcommand(limited(new GradeCommand(limits::limits), limits))
                .addSubcommand(new ManCommand(out))
                .addSubcommand(new HelpCommand())
                .setOut(out)
                .setErr(err)
                .setColorScheme(Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(USAGE_WIDTH)
                .setExpandAtFiles(false)
                .setExecutionStrategy(Commands::execute)
                .setParameterExceptionHandler(mistakes::usage)
                .setExecutionExceptionHandler(mistakes::execution);
    }

    private static CommandLine limited(Object command, LimitOptions limits) {
        CommandLine line = new CommandLine(command);
        line.getCommandSpec().addMixin("limits", limits.mixin());
        return line;
    }

    private static int execute(ParseResult parsed) {
        if (parsed.hasSubcommand()) {
            for (OptionSpec option : parsed.matchedOptions()) {
                if (LimitOptions.isLimit(option)) {
                    String command = parsed.subcommand().commandSpec().name();
                    throw new ParameterException(
                            parsed.commandSpec().commandLine(),
                            "'" + option.longestName() + "' stands after '" + command + "', not before it");
                }
            }
        }
        return new RunLast().execute(parsed);
    }
}
