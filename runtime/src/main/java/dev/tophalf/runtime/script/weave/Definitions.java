package dev.tophalf.runtime.script.weave;

import dev.tophalf.runtime.script.ScriptSource;
import java.util.List;
import java.util.regex.Pattern;

/** Finds the line that defines a function. Bytecode knows the lines of a function's statements, not of its head. */
final class Definitions {
    private Definitions() {}

    /** The line that begins a function of that name, or {@code otherwise} if there is none. */
    static int line(ScriptSource source, String function, int otherwise) {
        Pattern head = Pattern.compile("^\\s*(?:\\w+\\s+)*static\\s.*\\b" + Pattern.quote(function) + "\\s*\\(");
        List<String> lines = source.text().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (head.matcher(lines.get(i)).find()) {
                return i + 1;
            }
        }
        return otherwise;
    }
}
