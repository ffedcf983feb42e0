package dev.tophalf.shell.repl.command;

import java.util.List;

/** Lists a folder. */
final class Ls extends PromptCommand {
    Ls() {
        super("ls", "[PATH...]", "list folders of the machine: ls /sys/bus, ls button0", Completion.MACHINE_FILE);
    }

    @Override
    int run(Session session, Typed typed) {
        boolean several = typed.words().size() > 1;
        for (String path : typed.words().isEmpty() ? List.of("/") : typed.words()) {
            if (several) {
                session.console().line(path + ":");
            }
            session.world().ls(path).forEach(session.console()::line);
        }
        return 0;
    }
}
