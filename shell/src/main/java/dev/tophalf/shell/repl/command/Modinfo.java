package dev.tophalf.shell.repl.command;

import dev.tophalf.linux.kernel.LoadedModule;
import dev.tophalf.linux.kernel.ModuleParameter;
import dev.tophalf.shell.repl.text.Table;

/** Shows what a module says of itself, and its parameters. */
final class Modinfo extends PromptCommand {
    Modinfo() {
        super("modinfo", "[NAME]", "show a module's description and parameters", Completion.MODULE);
    }

    @Override
    int run(Session session, Typed typed) {
        LoadedModule module = Reload.module(name(), session.world().modules(), typed.words());
        Table table = new Table().row("filename", module.file());
        module.info().forEach((key, value) -> value.lines().forEach(line -> table.row(key, line)));
        for (ModuleParameter parameter : module.parameters().all()) {
            String description = module.parameters().description(parameter.name());
            table.row(
                    "parm",
                    parameter.name() + ": " + description + (description.isEmpty() ? "" : " ") + "("
                            + parameter.typeName() + "), is " + parameter.show());
        }
        table.lines().forEach(session.console()::line);
        return 0;
    }
}
