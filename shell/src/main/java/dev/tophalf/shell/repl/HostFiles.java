package dev.tophalf.shell.repl;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;

/** Folders and drivers on the host, for completion. */
final class HostFiles {
    private HostFiles() {}

    /** What a path that begins with {@code word} could become. */
    static List<Candidate> candidates(String word) {
        String folder = word.substring(0, word.lastIndexOf('/') + 1);
        List<Candidate> candidates = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path(folder))) {
            for (Path entry : entries) {
                add(candidates, folder, entry);
            }
        } catch (IOException | InvalidPathException | SecurityException unreadable) {
            return List.of();
        }
        return candidates;
    }

    private static Path path(String folder) {
        if (folder.startsWith("~/")) {
            return Path.of(System.getProperty("user.home", ""), folder.substring(2));
        }
        return Path.of(folder.isEmpty() ? "." : folder);
    }

    private static void add(List<Candidate> candidates, String folder, Path entry) {
        String name = String.valueOf(entry.getFileName());
        if (name.startsWith(".")) {
            return;
        }
        if (Files.isDirectory(entry)) {
            candidates.add(PromptCompleter.open(folder + name + "/"));
        } else if (name.endsWith(".groovy")) {
            candidates.add(new Candidate(folder + name));
        }
    }
}
