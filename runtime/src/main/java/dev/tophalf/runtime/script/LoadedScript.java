package dev.tophalf.runtime.script;

import com.google.common.base.Throwables;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.script.bytecode.FunctionNames;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One load of a script: file-scope variables of its own, and functions that work on them. It is the scope of the lines
 * after it at a prompt, together with the scope that it was compiled in.
 */
public final class LoadedScript implements Scope {
    private final ScriptSource source;
    private final Class<? extends DriverScript> scriptClass;
    private final Map<String, Field> variables = new LinkedHashMap<>();
    private final Map<String, List<Method>> functions = new LinkedHashMap<>();
    private final Map<String, Class<?>> types = new LinkedHashMap<>();
    private final Map<String, Class<?>> blockTypes = new LinkedHashMap<>();
    private final Scope earlier;

    LoadedScript(
            ScriptSource source, ScriptLoader loader, String scriptClass, List<ClassBytes> classes, Scope earlier) {
        this.source = source;
        this.earlier = earlier;
        this.scriptClass = load(scriptClass, false, loader).asSubclass(DriverScript.class);
        for (ClassBytes bytes : classes) {
            boolean isPointer = bytes.name().contains("$$");
            if (!isPointer && !bytes.name().equals(scriptClass)) {
                Map<String, Class<?>> kind = bytes.name().contains("$") ? blockTypes : types;
                kind.put(bytes.name(), load(bytes.name(), false, loader));
            }
        }
        readMembers();
    }

    private static Class<?> load(String name, boolean initialise, ClassLoader loader) {
        try {
            return Class.forName(name, initialise, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("verified script does not load: " + e.getMessage(), e);
        }
    }

    private void readMembers() {
        for (Field field : scriptClass.getDeclaredFields()) {
            if (isVisible(field.getModifiers())) {
                variables.put(field.getName(), field);
            }
        }
        Method[] methods = scriptClass.getDeclaredMethods();
        Arrays.sort(methods, (a, b) -> a.toString().compareTo(b.toString()));
        for (Method method : methods) {
            if (isVisible(method.getModifiers()) && !FunctionNames.isLambda(method.getName())) {
                functions
                        .computeIfAbsent(method.getName(), name -> new ArrayList<>())
                        .add(method);
            }
        }
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) && Modifier.isStatic(modifiers);
    }

    public ScriptSource source() {
        return source;
    }

    /** The class whose static members are the script's variables and functions. */
    public Class<? extends DriverScript> scriptClass() {
        return scriptClass;
    }

    /** The script's own file-scope variables by name, in the order of the class. */
    public Map<String, Field> variables() {
        return new LinkedHashMap<>(variables);
    }

    /** The script's own functions by name, each with all its forms. */
    public Map<String, List<Method>> functions() {
        return new LinkedHashMap<>(functions);
    }

    /** The structs that the script declares, by name. */
    public Map<String, Class<?>> types() {
        return new LinkedHashMap<>(types);
    }

    /**
     * Runs the top level of the file: file-scope variables get their values, definition macros define. It is the
     * driver's code, so it runs where driver code may: in a task of a simulation, under its budget.
     *
     * @return the value of the last statement if that is an expression, else null
     */
    public @Nullable Object run() {
        Simulation.uninterrupted(this::initialise);
        return newScript().run();
    }

    /** Gives static members their values: the JVM cannot leave a task that sets up a class. */
    private void initialise() {
        types.values().forEach(type -> load(type.getName(), true, type.getClassLoader()));
    }

    private DriverScript newScript() {
        try {
            return scriptClass.getDeclaredConstructor().newInstance();
        } catch (InvocationTargetException e) {
            Throwable thrown = e.getTargetException();
            Throwables.throwIfUnchecked(thrown);
            throw new IllegalStateException(scriptClass.getName() + "() threw " + thrown, e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(scriptClass.getName() + " has no constructor without parameters", e);
        }
    }

    /** The class of that name among this script's own: the script, a struct, the type of a block; or null. */
    public @Nullable Class<?> classNamed(String name) {
        if (scriptClass.getName().equals(name)) {
            return scriptClass;
        }
        return types.getOrDefault(name, blockTypes.get(name));
    }

    /** What this script was compiled to see. */
    public Scope earlier() {
        return earlier;
    }

    @Override
    public @Nullable Field variable(String name) {
        Scope scope = find(script -> script.variables.containsKey(name));
        return scope instanceof LoadedScript script ? script.variables.get(name) : scope.variable(name);
    }

    @Override
    public List<Method> function(String name) {
        Scope scope = find(script -> script.functions.containsKey(name));
        return scope instanceof LoadedScript script
                ? List.copyOf(script.functions.getOrDefault(name, List.of()))
                : scope.function(name);
    }

    @Override
    public @Nullable Class<?> type(String name) {
        Scope scope = find(script -> script.types.containsKey(name));
        return scope instanceof LoadedScript script ? script.types.get(name) : scope.type(name);
    }

    /** The latest script that has it, or what is before the first script. A prompt may have any number of lines. */
    private Scope find(Predicate<LoadedScript> hasIt) {
        Scope scope = this;
        while (scope instanceof LoadedScript script && !hasIt.test(script)) {
            scope = script.earlier;
        }
        return scope;
    }

    @Override
    public List<String> names() {
        Set<String> names = new LinkedHashSet<>();
        Scope scope = this;
        while (scope instanceof LoadedScript script) {
            names.addAll(script.variables.keySet());
            names.addAll(script.functions.keySet());
            names.addAll(script.types.keySet());
            scope = script.earlier;
        }
        names.addAll(scope.names());
        return List.copyOf(names);
    }
}
