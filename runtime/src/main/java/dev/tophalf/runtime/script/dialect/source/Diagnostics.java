package dev.tophalf.runtime.script.dialect.source;

import dev.tophalf.runtime.script.Diagnostic;
import dev.tophalf.runtime.script.ScriptRejectedException;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.codehaus.groovy.ast.ASTNode;

/** What is wrong with the script at hand, in the order of the source and each thing once. */
public final class Diagnostics {
    private static final int LIMIT = 20;

    private static final Comparator<Diagnostic> BY_PLACE = Comparator.comparingInt(Diagnostic::line)
            .thenComparingInt(Diagnostic::column)
            .thenComparing(Diagnostic::message);

    private final String file;
    private final SortedSet<Diagnostic> found = new TreeSet<>(BY_PLACE);

    public Diagnostics(String file) {
        this.file = file;
    }

    public void add(ASTNode at, String message) {
        add(at.getLineNumber(), at.getColumnNumber(), message);
    }

    /** Line and column count from 1. */
    public void add(int line, int column, String message) {
        String oneLine = message.replace('\n', ' ');
        found.add(new Diagnostic(file, Math.max(line, 0), Math.max(column, 0), oneLine));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Ends the compilation if anything was wrong. */
    public void rejectIfAny() throws ScriptRejectedException {
        if (!found.isEmpty()) {
            throw rejection();
        }
    }

    public ScriptRejectedException rejection() {
        List<Diagnostic> first = found.stream().limit(LIMIT).toList();
        return new ScriptRejectedException(first);
    }
}
