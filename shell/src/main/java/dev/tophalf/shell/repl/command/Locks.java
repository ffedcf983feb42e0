package dev.tophalf.shell.repl.command;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.lock.LockClass;
import dev.tophalf.runtime.lock.LockGraph;
import dev.tophalf.shell.repl.text.Table;
import dev.tophalf.shell.world.WorldException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Shows what the lock checker knows. */
final class Locks extends PromptCommand {
    Locks() {
        super("locks", "[dot|mermaid]", "show the locks, who has them, and their orders", Completion.NONE);
    }

    @Override
    int run(Session session, Typed typed) {
        LockGraph graph = session.simulation().locks().graph();
        List<String> lines = typed.words().isEmpty()
                ? lines(session.simulation(), graph)
                : drawn(graph, typed.words().get(0)).lines().toList();
        lines.forEach(session.console()::line);
        return 0;
    }

    private static String drawn(LockGraph graph, String format) {
        return switch (format) {
            case "dot" -> graph.dot();
            case "mermaid" -> graph.mermaid();
            default -> throw new WorldException("locks: takes dot or mermaid, but got '" + format + "'");
        };
    }

    private static List<String> lines(Simulation simulation, LockGraph graph) {
        List<LockClass> classes = simulation.locks().classes();
        if (classes.isEmpty()) {
            return List.of("no lock was taken yet");
        }
        Table table = new Table().row("LOCK", "TAKEN BY", "LETS IN", "HELD BY");
        for (LockClass known : classes) {
            table.row(
                    known.name(),
                    known.takenBy().isEmpty() ? "tasks" : String.join(", ", known.takenBy()),
                    known.letsIn().isEmpty() ? "nothing" : String.join(", ", known.letsIn()),
                    holders(simulation, known));
        }
        List<String> lines = new ArrayList<>(table.lines());
        List<String> orders = graph.lines();
        if (!orders.isEmpty()) {
            lines.add("ORDERS");
            lines.addAll(orders);
        }
        return lines;
    }

    private static String holders(Simulation simulation, LockClass known) {
        return simulation.contexts().stream()
                .flatMap(context -> context.held().stream()
                        .filter(held -> known.equals(held.lockClass()))
                        .map(held -> context.name() + " since " + held.takenAt()))
                .collect(Collectors.joining(", "));
    }
}
