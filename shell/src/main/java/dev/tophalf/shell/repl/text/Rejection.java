package dev.tophalf.shell.repl.text;

import dev.tophalf.runtime.script.Diagnostic;
import dev.tophalf.runtime.script.ScriptSource;
import java.util.List;
import java.util.stream.Collectors;

/** Why a script was not accepted, each reason with the line that it is about and a caret under the column. */
public final class Rejection {
    private Rejection() {}

    /**
     * The reasons, the place first where a reader could not guess it.
     *
     * @param typed whether the source is what was typed just now rather than a file
     */
    public static String text(List<Diagnostic> diagnostics, ScriptSource source, boolean typed, Paint paint) {
        return diagnostics.stream()
                .map(diagnostic -> one(diagnostic, source, typed, paint))
                .collect(Collectors.joining("\n"));
    }

    private static String one(Diagnostic diagnostic, ScriptSource source, boolean typed, Paint paint) {
        List<String> lines = source.text().lines().toList();
        String headline = typed ? headline(diagnostic, lines.size()) : diagnostic.toString();
        int number = diagnostic.line();
        boolean known =
                number > 0 && number <= lines.size() && diagnostic.file().equals(source.file());
        String code = known ? lines.get(number - 1).stripTrailing() : "";
        if (code.isBlank()) {
            return paint.error(headline);
        }
        String caret = diagnostic.column() == 0 ? "" : "\n    " + margin(code, diagnostic.column()) + "^";
        return paint.error(headline) + "\n    " + code + paint.error(caret);
    }

    private static String headline(Diagnostic diagnostic, int lines) {
        boolean placeHelps = lines > 1 && diagnostic.line() > 0;
        return placeHelps ? "line " + diagnostic.line() + ": " + diagnostic.message() : diagnostic.message();
    }

    /** What stands before a column, as blanks of the same width. */
    private static String margin(String code, int column) {
        StringBuilder margin = new StringBuilder();
        for (int i = 0; i < column - 1; i++) {
            margin.append(i < code.length() && code.charAt(i) == '\t' ? '\t' : ' ');
        }
        return margin.toString();
    }
}
