package dev.tophalf.shell.repl.command;

import dev.tophalf.runtime.script.LoadedScript;
import dev.tophalf.runtime.script.Scope;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the lines of a session have declared so far; of two things of the same name the later one counts. */
public final class PromptScope implements Scope {
    private final Map<String, Field> variables = new LinkedHashMap<>();
    private final Map<String, List<Method>> functions = new LinkedHashMap<>();
    private final Map<String, Class<?>> types = new LinkedHashMap<>();

    /** Adds what a line declares. */
    public void add(LoadedScript line) {
        variables.putAll(line.variables());
        functions.putAll(line.functions());
        types.putAll(line.types());
    }

    @Override
    public @Nullable Field variable(String name) {
        return variables.get(name);
    }

    @Override
    public List<Method> function(String name) {
        return functions.getOrDefault(name, List.of());
    }

    @Override
    public @Nullable Class<?> type(String name) {
        return types.get(name);
    }

    @Override
    public List<String> names() {
        Set<String> names = new LinkedHashSet<>();
        List.of(variables, functions, types).forEach(known -> names.addAll(known.keySet()));
        return List.copyOf(names);
    }
}
