package dev.tophalf.shell.repl.command;

import dev.tophalf.runtime.rule.Finding;
import dev.tophalf.shell.repl.text.Console;
import dev.tophalf.shell.repl.text.ContextText;
import java.util.List;

/** Answers what context this is, which invariants apply and who owns scheduling. */
final class Ctx extends PromptCommand {
    Ctx() {
        super(
                "ctx",
                "[NUMBER]",
                "what context is this, what may be done in it: here, or at a finding",
                Completion.NONE);
    }

    @Override
    int run(Session session, Typed typed) {
        List<Finding> findings = session.world().findings();
        Console console = session.console();
        if (!typed.words().isEmpty()) {
            answer(findings, FindingsCommand.number("ctx", typed.words().get(0), findings.size()), console);
            return 0;
        }
        ContextText.ofPrompt(console.paint()).forEach(console::line);
        if (!findings.isEmpty()) {
            console.line("");
            answer(findings, findings.size(), console);
        }
        return 0;
    }

    private static void answer(List<Finding> findings, int number, Console console) {
        Finding finding = findings.get(number - 1);
        console.line("At finding " + number + ", " + finding.rule() + " at " + finding.site() + ":");
        ContextText.of(finding.context(), console.paint()).forEach(console::line);
    }
}
