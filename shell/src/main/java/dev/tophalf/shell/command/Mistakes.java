package dev.tophalf.shell.command;

import dev.tophalf.runtime.machine.DevicetreeException;
import dev.tophalf.runtime.script.dialect.source.Spelling;
import dev.tophalf.shell.world.WorldException;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line and exit status 2; a Java stack trace is shown only if asked for. */
final class Mistakes {
    private final TophalfCommand tophalf;

    Mistakes(TophalfCommand tophalf) {
        this.tophalf = tophalf;
    }

    /** A command line that cannot be understood. */
    int usage(ParameterException mistake, String[] args) {
        CommandLine command = mistake.getCommandLine();
        String message = mistake instanceof UnmatchedArgumentException unmatched
                ? unmatched(unmatched)
                : reworded(String.valueOf(mistake.getMessage()));
        String help = command.getCommandSpec().qualifiedName() + " --help";
        command.getErr().println("tophalf: " + message + " (see " + help + ")");
        return ExitCode.USAGE;
    }

    private static String unmatched(UnmatchedArgumentException mistake) {
        String word = mistake.getUnmatched().get(0);
        CommandLine command = mistake.getCommandLine();
        if (mistake.isUnknownOption()) {
            String option = word.replaceFirst("=.*", "");
            return "unknown option '" + option + "'"
                    + Spelling.hint(
                            option, command.getCommandSpec().optionsMap().keySet());
        }
        if (command.getParent() != null) {
            return "one word too many: '" + word + "'";
        }
        if (word.endsWith(".groovy")) {
            return "'" + word + "' is not a command; did you mean 'tophalf run " + word + "'?";
        }
        return "unknown command '" + word + "'"
                + Spelling.hint(word, command.getSubcommands().keySet());
    }

    private static String reworded(String message) {
        String line = message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
        return line.substring(0, 1).toLowerCase(Locale.ROOT) + line.substring(1);
    }

    /** A command that could not do its work. */
    int execution(Exception failure, CommandLine command, ParseResult parsed) {
        if (tophalf.debug()) {
            failure.printStackTrace(command.getErr());
        } else if (failure instanceof WorldException) {
            command.getErr().println("tophalf: " + failure.getMessage());
        } else if (failure instanceof DevicetreeException) {
            command.getErr().println(failure.getMessage());
        } else {
            command.getErr().println("tophalf: internal error: " + failure + " (--debug shows where)");
        }
        return ExitCode.USAGE;
    }
}
