package dev.tophalf.shell.repl.command;

/** Tells about a name, as {@code help NAME} does; whoever knows Unix types this one. */
final class Man extends PromptCommand {
    Man() {
        super("man", "NAME", "the same as help NAME; man dialect teaches the language of drivers", Completion.TOPIC);
    }

    @Override
    int run(Session session, Typed typed) {
        return Help.topic(session, typed.words().get(0));
    }
}
