package dev.tophalf.shell.repl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the lines of earlier sessions are kept, if they can be: {@code tophalf/history} in the XDG state folder. */
final class HistoryFile {
    private HistoryFile() {}

    /** The file, its folder made, or null if it cannot be written. */
    static @Nullable Path find(Map<String, String> environment, String home) {
        try {
            Path file = stateFolder(environment, home).resolve("tophalf").resolve("history");
            Files.createDirectories(file.getParent());
            boolean usable = Files.exists(file)
                    ? Files.isRegularFile(file) && Files.isReadable(file) && Files.isWritable(file)
                    : Files.isWritable(file.getParent());
            return usable ? file : null;
        } catch (IOException | InvalidPathException | SecurityException unusable) {
            return null;
        }
    }

    private static Path stateFolder(Map<String, String> environment, String home) {
        String named = environment.getOrDefault("XDG_STATE_HOME", "");
        boolean usable = !named.isEmpty() && Path.of(named).isAbsolute();
        return usable ? Path.of(named) : Path.of(home, ".local", "state");
    }
}
