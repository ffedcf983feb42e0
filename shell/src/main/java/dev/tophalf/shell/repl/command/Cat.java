package dev.tophalf.shell.repl.command;

/** Reads files. */
final class Cat extends PromptCommand {
    Cat() {
        super("cat", "PATH...", "read files of the machine: cat button0/presses", Completion.MACHINE_FILE);
    }

    @Override
    int run(Session session, Typed typed) {
        for (String path : typed.words()) {
            String content = session.world().cat(path);
            session.showNews();
            session.console().text(content);
        }
        return 0;
    }
}
