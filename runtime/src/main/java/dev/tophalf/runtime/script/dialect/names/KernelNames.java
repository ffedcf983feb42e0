package dev.tophalf.runtime.script.dialect.names;

import dev.tophalf.runtime.contract.KernelApi;
import dev.tophalf.runtime.contract.LvalueMacro;
import dev.tophalf.runtime.contract.PollMacro;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.ClassInfo;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.JavaTypes;
import dev.tophalf.runtime.script.dialect.type.Type;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The kernel's names as the compiler sees them, each read once for all scripts. */
public final class KernelNames {
    private final KernelApi api;
    private final JavaTypes types = new JavaTypes(null);
    private final Map<String, List<Callable>> functions = new ConcurrentHashMap<>();
    private final Map<String, List<Callable>> extensions = new ConcurrentHashMap<>();
    private final Map<String, Constant> constants = new ConcurrentHashMap<>();

    public KernelNames(KernelApi api) {
        this.api = api;
    }

    public KernelApi api() {
        return api;
    }

    public JavaTypes types() {
        return types;
    }

    public boolean hasType(String name) {
        return api.type(name) != null || IntegerType.named(name) != null || LibraryTypes.named(name) != null;
    }

    public boolean hasFunction(String name) {
        return !api.function(name).isEmpty() || api.macro(name) != null;
    }

    /** Whether the kernel has a function, macro, constant or variable of that name. */
    public boolean declares(String name) {
        return hasFunction(name) || api.constant(name) != null || api.variable(name) != null;
    }

    /** The functions of that name, one for each form of the parameters. */
    public List<Callable> functions(String name) {
        List<Method> methods = api.function(name);
        if (methods.isEmpty()) {
            return List.of();
        }
        return functions.computeIfAbsent(
                name,
                key -> methods.stream()
                        .map(types::function)
                        .sorted(Callable.BY_FORM)
                        .toList());
    }

    /** The functions of that name that Groovy adds to Java's classes; what they are called on comes first. */
    public List<Callable> extensions(String name) {
        return extensions.computeIfAbsent(
                name,
                key -> LibraryTypes.extensions(key).stream()
                        .map(types::function)
                        .sorted(Callable.BY_FORM)
                        .toList());
    }

    /** The method behind a macro on a place in memory, or null if {@code name} is no such macro. */
    @Nullable
    public Method lvalueMacro(String name) {
        List<Method> methods = api.function(name);
        boolean macro = !methods.isEmpty() && methods.get(0).isAnnotationPresent(LvalueMacro.class);
        return macro ? methods.get(0) : null;
    }

    /** What makes a function one that reads and tests again and again, or null if {@code name} is no such function. */
    @Nullable
    public PollMacro pollMacro(String name) {
        List<Method> methods = api.function(name);
        return methods.isEmpty() ? null : methods.get(0).getAnnotation(PollMacro.class);
    }

    /** The constant of that name, or null. */
    @Nullable
    public Constant constant(String name) {
        Field field = api.constant(name);
        return field == null ? null : constants.computeIfAbsent(name, key -> read(field));
    }

    private Constant read(Field field) {
        Type type = types.variable(field).type();
        try {
            Object value = field.get(null);
            if (type instanceof IntegerType integer) {
                return Constant.integer(integer, number(value));
            }
            return Constant.text(type, String.valueOf(value));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the constant " + field + " cannot be read", e);
        }
    }

    private static long number(Object value) {
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        return value instanceof Character letter ? letter : ((Number) value).longValue();
    }

    /** The function that reads the variable of that name, or null. */
    @Nullable
    public Callable variable(String name) {
        Method method = api.variable(name);
        return method == null ? null : types.function(method);
    }

    /** The struct or function pointer type of that name, or null. */
    @Nullable
    public ClassInfo type(String name) {
        Class<?> found = api.type(name);
        return found == null ? null : types.info(found);
    }

    /** The Java class of that name that a driver may use, or null. */
    @Nullable
    public ClassInfo library(String name) {
        Class<?> found = LibraryTypes.named(name);
        return found == null ? null : types.info(found);
    }

    /** {@code " (linux/interrupt.h)"} for a function that a header declares, or nothing. */
    public String header(String name) {
        var contract = api.contract(name);
        return contract == null ? "" : " (" + contract.header() + ")";
    }
}
