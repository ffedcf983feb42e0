package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.script.dialect.tree.Block;
import dev.tophalf.runtime.script.dialect.tree.Local;
import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.ScriptClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The classes of a script with the code of their functions, ready to be written. */
public final class Output {
    /**
     * A function with its code.
     *
     * @param parameters the variables that hold its parameters, {@code this} among them
     * @param body null for the function of a function pointer type, which has none
     */
    public record Function(
            Callable callable,
            List<Local> parameters,
            @Nullable Block body) {}

    private final Map<ScriptClass, List<Function>> classes = new LinkedHashMap<>();

    /** Adds a class, which has no functions yet. */
    public void add(ScriptClass owner) {
        classes.put(owner, new ArrayList<>());
    }

    public void add(ScriptClass owner, Function function) {
        List<Function> functions = classes.get(owner);
        if (functions == null) {
            throw new IllegalStateException("class " + owner + " is not written");
        }
        functions.add(function);
    }

    public Map<ScriptClass, List<Function>> classes() {
        return classes;
    }
}
