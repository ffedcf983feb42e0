package dev.tophalf.runtime.script;

import java.util.List;

/** A script that has been verified and woven. It can be loaded any number of times. */
public final class CompiledScript {
    private final ScriptSource source;
    private final String scriptClass;
    private final List<ClassBytes> classes;
    private final Scope scope;
    private final VisibleClasses visible;

    CompiledScript(
            ScriptSource source, String scriptClass, List<ClassBytes> classes, Scope scope, VisibleClasses visible) {
        this.source = source;
        this.scriptClass = scriptClass;
        this.classes = List.copyOf(classes);
        this.scope = scope;
        this.visible = visible;
    }

    public ScriptSource source() {
        return source;
    }

    /** Every class, woven. */
    public List<ClassBytes> classes() {
        return classes;
    }

    /** Loads the script afresh: its file-scope variables are new, and nothing of it has run. */
    public LoadedScript load() {
        ScriptLoader loader = new ScriptLoader(source, classes, scope, visible);
        return new LoadedScript(source, loader, scriptClass, classes, scope);
    }
}
