package dev.tophalf.shell.repl.command;

import dev.tophalf.runtime.hw.Action;
import dev.tophalf.runtime.machine.Board.Part;
import dev.tophalf.runtime.script.dialect.source.Spelling;
import dev.tophalf.shell.repl.text.Console;
import dev.tophalf.shell.repl.text.Table;
import dev.tophalf.shell.repl.text.Topics;
import dev.tophalf.shell.world.WorldException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Tells about the prompt, one of its commands, a peripheral, or a name of the kernel. */
final class Help extends PromptCommand {
    Help() {
        super(
                "help",
                "[NAME]",
                "tell about a command, a peripheral, or a kernel function, type, constant",
                Completion.TOPIC);
    }

    @Override
    int run(Session session, Typed typed) {
        if (!typed.words().isEmpty()) {
            return topic(session, typed.words().get(0));
        }
        overview(session);
        return 0;
    }

    private static void overview(Session session) {
        Console console = session.console();
        Table table = new Table();
        for (PromptCommand command : Commands.all()) {
            table.row(command.synopsis(), command.description());
        }
        for (Part part : session.simulation().board().parts()) {
            String actions =
                    part.peripheral().actions().stream().map(Action::name).collect(Collectors.joining("|"));
            table.row(part.label() + " " + actions, "do something to a peripheral of this machine");
        }
        table.lines().forEach(console::line);
        console.line("");
        console.line(
                "Any other line is driver code, and runs in the kernel: msleep(10), int n = 3, n + 1, static int f() { ... }");
        console.line("'help NAME' tells about whatever a driver may call: help request_irq");
        console.line("'man dialect' teaches the language of drivers to who knows C");
    }

    /** Tells about what is called {@code written}, which may be a function with its parentheses. */
    static int topic(Session session, String written) {
        String name = Topics.name(written);
        List<String> lines = new ArrayList<>();
        PromptCommand command = Commands.find(name);
        if (command != null) {
            lines.add(command.synopsis());
            lines.add("  " + command.description());
        }
        Part part = session.simulation().board().part(name);
        if (part != null) {
            lines.addAll(Devices.lines(session, part));
        }
        lines.addAll(kernels(session).of(name));
        if (lines.isEmpty()) {
            throw new WorldException("help: nothing is called '" + name + "'" + Spelling.hint(name, topics(session)));
        }
        lines.forEach(session.console()::line);
        return 0;
    }

    /** Everything that there is help on. */
    static List<String> topics(Session session) {
        List<String> topics = new ArrayList<>(Commands.names());
        session.simulation().board().labels().forEach(topics::add);
        topics.addAll(kernels(session).names());
        return topics;
    }

    private static Topics kernels(Session session) {
        return new Topics(session.simulation().kernel().api());
    }
}
