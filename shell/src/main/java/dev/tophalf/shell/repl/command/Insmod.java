package dev.tophalf.shell.repl.command;

import dev.tophalf.runtime.script.Scope;
import dev.tophalf.runtime.script.ScriptRejectedException;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.shell.world.World;
import dev.tophalf.shell.world.WorldException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Loads drivers. */
final class Insmod extends PromptCommand {
    Insmod() {
        super("insmod", "FILE [NAME=VALUE]...", "load drivers as modules, with parameters", Completion.DRIVER_FILE);
    }

    @Override
    int run(Session session, Typed typed) {
        int status = 0;
        List<String> words = typed.words();
        for (int i = 0; i < words.size(); ) {
            int end = i + 1;
            while (end < words.size() && isParameter(words.get(end))) {
                end++;
            }
            status = Math.max(status, load(session, World.source(path(words.get(i))), words.subList(i + 1, end)));
            i = end;
        }
        return status;
    }

    /** Whether a word belongs to the file before it: a file is named like one. */
    private static boolean isParameter(String word) {
        return !word.endsWith(".groovy") && word.matches("[A-Za-z_][A-Za-z0-9_-]*(=.*)?");
    }

    /** A file of the host; {@code ~} is the person's home. */
    static Path path(String file) {
        try {
            return file.startsWith("~/")
                    ? Path.of(System.getProperty("user.home", ""), file.substring(2))
                    : Path.of(file);
        } catch (InvalidPathException e) {
            throw new WorldException(file + ": is not a file's name here");
        }
    }

    private static int load(Session session, ScriptSource source, List<String> parameters) {
        try {
            session.world().insmod(source, Scope.EMPTY, parameters);
            return 0;
        } catch (ScriptRejectedException rejected) {
            return session.refuse(rejected, source);
        }
    }
}
