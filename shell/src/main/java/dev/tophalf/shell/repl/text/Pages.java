package dev.tophalf.shell.repl.text;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Pages of text that come with Tophalf. */
public final class Pages {
    private static final List<String> NAMES = List.of("dialect");
    private static final Splitter LINES = Splitter.on('\n');

    private Pages() {}

    /** The names of all pages. */
    public static List<String> names() {
        return NAMES;
    }

    /** The lines of the page of that name; none if there is no such page. */
    public static List<String> lines(String name) {
        if (!NAMES.contains(name)) {
            return List.of();
        }
        try (InputStream stream = Pages.class.getResourceAsStream(name + ".txt")) {
            if (stream == null) {
                throw new IllegalStateException("the page " + name + ".txt is missing beside " + Pages.class.getName());
            }
            return LINES.splitToList(new String(stream.readAllBytes(), StandardCharsets.UTF_8).stripTrailing());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the page " + name, e);
        }
    }
}
