package dev.tophalf.shell.repl.command;

import dev.tophalf.runtime.script.ScriptRejectedException;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.shell.world.World;
import dev.tophalf.shell.world.WorldException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Loads drivers. */
final class Insmod extends PromptCommand {
    Insmod() {
        super("insmod", "FILE...", "load drivers as modules", Completion.DRIVER_FILE);
    }

    @Override
    int run(Session session, Typed typed) {
        int status = 0;
        for (String file : typed.words()) {
            status = Math.max(status, load(session, World.source(path(file))));
        }
        return status;
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

    private static int load(Session session, ScriptSource source) {
        try {
            session.world().insmod(source);
            return 0;
        } catch (ScriptRejectedException rejected) {
            return session.refuse(rejected, source);
        }
    }
}
