package dev.tophalf.runtime.script.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The texts to start from: sample drivers, drivers among the test resources, and the snippets of the specs. */
public final class Seeds {
    private static final Pattern STRING = Pattern.compile(
            "'''(.+?)'''|\"\"\"(.+?)\"\"\"|'((?:[^'\\\\\\n]|\\\\.){4,})'|\"((?:[^\"\\\\\\n]|\\\\.){4,})\"",
            Pattern.DOTALL);

    private Seeds() {}

    /** Every seed, in an order that is the same everywhere; {@code module} is the folder of this module. */
    public static List<String> of(Path module) {
        Set<String> texts = new LinkedHashSet<>();
        for (Path file : scripts(module.resolve("src/test/resources"))) {
            texts.add(read(file));
        }
        for (Path file : scripts(module.resolve("../samples"))) {
            texts.add(read(file));
        }
        for (Path file : scripts(module.resolve("src/test/groovy/dev/tophalf/runtime/script"))) {
            addSnippets(texts, read(file));
        }
        return List.copyOf(texts);
    }

    private static List<Path> scripts(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".groovy"))
                    .filter(file -> !file.toString().contains("target"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addSnippets(Set<String> texts, String spec) {
        Matcher matcher = STRING.matcher(spec);
        while (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                if (matcher.group(group) != null) {
                    texts.add(unescape(matcher.group(group)));
                }
            }
        }
    }

    private static String unescape(String literal) {
        return literal.replace("\\\n", "")
                .stripIndent()
                .replace("\\n", "\n")
                .replace("\\\"", "\"")
                .replace("\\'", "'")
                .replace("\\$", "$")
                .replace("\\\\", "\\");
    }

    /** Shorter than {@code length}: what a test of a few seconds can work with. */
    public static List<String> shorterThan(List<String> seeds, int length) {
        return new ArrayList<>(
                seeds.stream().filter(seed -> seed.length() < length).toList());
    }
}
