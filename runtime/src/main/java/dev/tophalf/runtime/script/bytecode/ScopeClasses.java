package dev.tophalf.runtime.script.bytecode;

import dev.tophalf.runtime.script.LoadedScript;
import dev.tophalf.runtime.script.Scope;
import dev.tophalf.runtime.script.ScriptLoader;
import dev.tophalf.runtime.script.ScriptSource;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The classes behind a {@link Scope}: earlier scripts and their structs. If two have the same name, it is the later one's.
 */
public final class ScopeClasses {
    private final Scope scope;
    private final Map<String, Class<?>> others = new LinkedHashMap<>();

    private ScopeClasses(Scope scope) {
        this.scope = scope;
    }

    /** Every class that {@code scope} shows. */
    public static ScopeClasses of(Scope scope) {
        ScopeClasses classes = new ScopeClasses(scope);
        Scope first = scope;
        while (first instanceof LoadedScript script) {
            first = script.earlier();
        }
        classes.addShown(first);
        return classes;
    }

    private void addShown(Scope shown) {
        for (String name : shown.names()) {
            Class<?> type = shown.type(name);
            if (type != null) {
                others.put(type.getName(), type);
            }
            Field variable = shown.variable(name);
            if (variable != null) {
                others.putIfAbsent(variable.getDeclaringClass().getName(), variable.getDeclaringClass());
                addBlock(variable.getType());
            }
            for (Method function : shown.function(name)) {
                others.putIfAbsent(function.getDeclaringClass().getName(), function.getDeclaringClass());
            }
        }
    }

    /** The type of a block of code, which only the variable that holds the block can name. */
    private void addBlock(Class<?> type) {
        if (type.getClassLoader() instanceof ScriptLoader) {
            others.putIfAbsent(type.getName(), type);
        }
    }

    /** The class with that binary or internal name, or null. Script classes have no package, so both are the same. */
    public @Nullable Class<?> find(String name) {
        Scope next = scope;
        while (next instanceof LoadedScript script) {
            Class<?> own = script.classNamed(name);
            if (own != null) {
                return own;
            }
            next = script.earlier();
        }
        return others.get(name);
    }

    /** The text of the earlier script that has a class of that name, or null. */
    public @Nullable ScriptSource source(String name) {
        Class<?> type = find(name);
        return type != null && type.getClassLoader() instanceof ScriptLoader loader ? loader.source() : null;
    }
}
