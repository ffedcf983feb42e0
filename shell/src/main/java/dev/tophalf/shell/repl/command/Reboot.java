package dev.tophalf.shell.repl.command;

/** Switches the machine off and on. */
final class Reboot extends PromptCommand {
    Reboot() {
        super("reboot", "", "switch the machine off and on; modules, findings and variables are gone", Completion.NONE);
    }

    @Override
    int run(Session session, Typed typed) {
        session.reboot();
        return 0;
    }
}
