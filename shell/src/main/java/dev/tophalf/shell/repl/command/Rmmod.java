package dev.tophalf.shell.repl.command;

/** Unloads modules. */
final class Rmmod extends PromptCommand {
    Rmmod() {
        super("rmmod", "NAME...", "unload modules", Completion.MODULE);
    }

    @Override
    int run(Session session, Typed typed) {
        typed.words().forEach(session.world()::rmmod);
        return 0;
    }
}
