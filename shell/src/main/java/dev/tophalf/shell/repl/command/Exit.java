package dev.tophalf.shell.repl.command;

import dev.tophalf.shell.world.WorldException;

/** Leaves the prompt. */
final class Exit extends PromptCommand {
    Exit() {
        super("exit", "[STATUS]", "leave, with this status or that of the last command", Completion.NONE);
    }

    @Override
    int run(Session session, Typed typed) {
        int status = typed.words().isEmpty()
                ? session.status()
                : status(typed.words().get(0));
        session.leave();
        return status;
    }

    private static int status(String word) {
        try {
            int status = Integer.parseInt(word);
            if (status >= 0 && status <= 255) {
                return status;
            }
        } catch (NumberFormatException notOne) {
            // What is accepted is the same as for a number that is too large.
        }
        throw new WorldException("exit: '" + word + "' is no exit status; it is a number from 0 to 255");
    }
}
