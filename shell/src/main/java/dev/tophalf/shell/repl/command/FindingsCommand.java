package dev.tophalf.shell.repl.command;

import dev.tophalf.runtime.rule.Finding;
import dev.tophalf.shell.repl.text.Console;
import dev.tophalf.shell.repl.text.Table;
import dev.tophalf.shell.world.WorldException;
import java.util.List;

/** Shows what the rules found. */
final class FindingsCommand extends PromptCommand {
    FindingsCommand() {
        super("findings", "[NUMBER]", "list what the rules found, or show one in full", Completion.NONE);
    }

    @Override
    int run(Session session, Typed typed) {
        List<Finding> findings = session.world().findings();
        if (!typed.words().isEmpty()) {
            int number = number("findings", typed.words().get(0), findings.size());
            session.show(findings.get(number - 1), number);
        } else if (findings.isEmpty()) {
            session.console().line("no findings");
        } else {
            list(findings, session.console());
        }
        return 0;
    }

    private static void list(List<Finding> findings, Console console) {
        Table table = new Table();
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            table.row(Integer.toString(i + 1), finding.site().toString(), finding.headline());
        }
        table.lines().forEach(console::line);
    }

    /** The number of a finding, as a person counts. */
    static int number(String command, String word, int count) {
        try {
            int number = Integer.parseInt(word);
            if (number >= 1 && number <= count) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            // What is accepted is the same as for a number that is too large.
        }
        String accepted =
                count == 0 ? "there is none yet" : count == 1 ? "there is only 1" : "it is one of 1 to " + count;
        throw new WorldException(command + ": '" + word + "' is no finding's number; " + accepted);
    }
}
