package dev.tophalf.runtime.script.verify;

import dev.tophalf.runtime.script.Diagnostic;
import dev.tophalf.runtime.script.ScriptSource;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Collects what is wrong with a script, each reason once per line. */
final class Complaints {
    private static final int MOST = 20;

    private final ScriptSource source;
    private final Set<Diagnostic> found = new LinkedHashSet<>();

    Complaints(ScriptSource source) {
        this.source = source;
    }

    /** Something that no driver may do, with what to do instead if {@link Advice} knows. */
    void refuse(int line, String what, String internalName) {
        String advice = Advice.instead(internalName);
        add(line, what + " is not available to drivers" + (advice.isEmpty() ? "" : "; " + advice));
    }

    /** The first line of the source that matches, or 0. */
    int lineOf(String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        List<String> lines = source.text().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (wanted.matcher(lines.get(i)).find()) {
                return i + 1;
            }
        }
        return 0;
    }

    void add(int line, String message) {
        found.add(new Diagnostic(source.file(), line, 0, message));
    }

    /** Everything that was found, in the order of the source; of very many, the first. */
    List<Diagnostic> diagnostics() {
        return found.stream()
                .sorted(Comparator.comparingInt(Diagnostic::line))
                .limit(MOST)
                .toList();
    }
}
