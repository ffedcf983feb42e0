package dev.tophalf.shell.repl.text;

import dev.tophalf.runtime.contract.KernelApi;
import java.util.ArrayList;
import java.util.List;

/** What can be looked up without a machine: the pages, and every name of the kernel. */
public final class Topics {
    private final KernelApi api;

    public Topics(KernelApi api) {
        this.api = api;
    }

    /** The name itself of what may be written as a function, with its parentheses. */
    public static String name(String written) {
        return written.endsWith("()") ? written.substring(0, written.length() - 2) : written;
    }

    /** What is known of {@code name}, as lines; empty if nothing is. */
    public List<String> of(String name) {
        List<String> lines = new ArrayList<>(Pages.lines(name));
        lines.addAll(new NameText(api).of(name));
        return lines;
    }

    /** Everything that {@link #of} knows. */
    public List<String> names() {
        List<String> names = new ArrayList<>(Pages.names());
        names.addAll(api.names());
        return names;
    }
}
