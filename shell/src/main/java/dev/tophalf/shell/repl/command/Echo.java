package dev.tophalf.shell.repl.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a line to a file, or shows it. */
final class Echo extends PromptCommand {
    Echo() {
        super("echo", "[TEXT...]", "write a line to a file: echo 1 > button0/debounce", Completion.NONE);
    }

    @Override
    boolean writes() {
        return true;
    }

    @Override
    int run(Session session, Typed typed) {
        List<String> words = typed.words();
        boolean bare = !words.isEmpty() && words.get(0).equals("-n");
        String text = String.join(" ", bare ? words.subList(1, words.size()) : words) + (bare ? "" : "\n");
        @Nullable String target = typed.target();
        if (target == null) {
            session.console().text(text);
        } else {
            session.world().write(text, target);
        }
        return 0;
    }
}
