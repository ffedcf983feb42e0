package dev.tophalf.shell.repl.command;

import dev.tophalf.runtime.irq.IrqAction;
import dev.tophalf.runtime.irq.IrqLine;
import dev.tophalf.shell.repl.text.Table;
import java.util.stream.Collectors;

/** Shows the interrupt lines. */
final class Irqs extends PromptCommand {
    Irqs() {
        super("irqs", "", "show each interrupt line: count, state, handlers", Completion.NONE);
    }

    @Override
    int run(Session session, Typed typed) {
        Table table = new Table().row("IRQ", "DEVICE", "COUNT", "STATE", "HANDLERS");
        for (IrqLine line : session.simulation().irqs().lines()) {
            String handlers = line.actions().stream().map(Irqs::handler).collect(Collectors.joining(", "));
            table.row(Integer.toString(line.irq()), line.device(), Long.toString(line.count()), state(line), handlers);
        }
        table.lines().forEach(session.console()::line);
        return 0;
    }

    private static String handler(IrqAction action) {
        return action.handlerName() + "() for " + action.name();
    }

    private static String state(IrqLine line) {
        String level = line.isAsserted() ? ", asserted" : "";
        if (line.isShutOff()) {
            return "given up" + level;
        }
        if (line.actions().isEmpty()) {
            return "unused" + level;
        }
        return (line.disableDepth() > 0 ? "disabled " + line.disableDepth() + "x" : "enabled") + level;
    }
}
