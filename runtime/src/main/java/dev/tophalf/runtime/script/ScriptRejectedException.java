package dev.tophalf.runtime.script;

import java.util.List;
import java.util.stream.Collectors;

/** A script does not compile or was refused by the verifier. Nothing of it has run. */
public final class ScriptRejectedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Diagnostic> diagnostics;

    public ScriptRejectedException(List<Diagnostic> diagnostics) {
        super(diagnostics.stream().map(Diagnostic::toString).collect(Collectors.joining("\n")));
        this.diagnostics = List.copyOf(diagnostics);
    }

    /** Every reason, in the order of the source. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
