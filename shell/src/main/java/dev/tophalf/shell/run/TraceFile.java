package dev.tophalf.shell.run;

import dev.tophalf.shell.world.WorldException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that a run's trace is written to. */
public final class TraceFile {
    private TraceFile() {}

    /** Refuses a file that cannot be written, before anything has run. */
    public static void check(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw new WorldException(file + ": is a directory");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new WorldException(file + ": no such directory");
        }
    }

    /** Writes what happened, a record on each line. */
    public static void write(RunResult result, Path file) {
        try {
            Files.writeString(file, String.join("\n", result.trace().lines()) + "\n");
        } catch (IOException broken) {
            throw new WorldException(file + ": cannot be written (" + broken.getMessage() + ")");
        }
    }
}
