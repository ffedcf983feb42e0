package dev.tophalf.shell.repl.command;

import dev.tophalf.linux.kernel.LoadedModule;
import dev.tophalf.shell.repl.text.Table;

/** Shows the modules. */
final class Lsmod extends PromptCommand {
    Lsmod() {
        super("lsmod", "", "show the loaded modules, oldest first", Completion.NONE);
    }

    @Override
    int run(Session session, Typed typed) {
        Table table = new Table();
        for (LoadedModule module : session.world().modules()) {
            table.row(module.name(), module.file(), module.info().getOrDefault("description", ""));
        }
        table.lines().forEach(session.console()::line);
        return 0;
    }
}
