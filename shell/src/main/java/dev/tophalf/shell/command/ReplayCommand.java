package dev.tophalf.shell.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jline.reader.Parser.ParseContext;
import org.jline.reader.SyntaxError;
import org.jline.reader.impl.DefaultParser;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tophalf replay}: a run again, from what a report has printed. */
@Command(
        name = "replay",
        description = {
            "Run again what a report names after 'again', and say so if it is not the same run.",
            "Exit status: as 'tophalf run'; 2 if it is not the same run."
        })
final class ReplayCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "STRING",
            description = "The words of 'tophalf run', in quotes, as the report has them.")
    private String words = "";

    @Parameters(
            index = "1..*",
            paramLabel = "OPTION",
            description = "Further options of 'tophalf run', such as --trace FILE.")
    private List<String> more = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The command; what looks like an option is one of {@code run}'s. */
    CommandLine commandLine() {
        return new CommandLine(this).setUnmatchedOptionsArePositionalParams(true);
    }

    @Override
    public Integer call() {
        List<String> run = new ArrayList<>(List.of("run"));
        try {
            DefaultParser parser = new DefaultParser();
            parser.setEofOnUnclosedQuote(true);
            run.addAll(parser.parse(words, words.length(), ParseContext.ACCEPT_LINE)
                    .words());
        } catch (SyntaxError unfinished) {
            throw new ParameterException(spec.commandLine(), "'" + words + "' has an open quote");
        }
        run.removeIf(String::isEmpty);
        run.addAll(more);
        return spec.commandLine().getParent().execute(run.toArray(String[]::new));
    }
}
