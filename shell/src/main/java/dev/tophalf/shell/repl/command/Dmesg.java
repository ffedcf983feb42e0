package dev.tophalf.shell.repl.command;

/** Shows the kernel log. */
final class Dmesg extends PromptCommand {
    Dmesg() {
        super("dmesg", "", "show the kernel log", Completion.NONE);
    }

    @Override
    int run(Session session, Typed typed) {
        session.world().dmesg().forEach(session::show);
        return 0;
    }
}
