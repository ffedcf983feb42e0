package dev.tophalf.runtime.contract;

import com.google.common.collect.ImmutableMap;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The index of everything that a driver may name: functions, constants, variables, types, definition macros and
 * initialisers.
 *
 * <p>It is read once from the annotated classes of the kernel; compiler, gate, reference page and completion ask it.
 */
public final class KernelApi {
    /** Reflection promises no order, and the forms of a function are shown to people. */
    private static final Comparator<Method> IN_ORDER =
            Comparator.comparing(Method::getName).thenComparing(method -> Arrays.toString(method.getParameterTypes()));

    private final Map<String, List<Method>> functions = new TreeMap<>();
    private final Map<Method, Contract> contracts = new LinkedHashMap<>();
    private final Map<String, Field> constants = new TreeMap<>();
    private final Map<String, Method> variables = new TreeMap<>();
    private final Map<String, Class<?>> types = new TreeMap<>();
    private final Map<String, Method> macros = new TreeMap<>();
    private final Map<String, Method> initialisers = new TreeMap<>();

    private final IntPredicate gfpBlocks;
    private final Map<String, String> absent;

    private KernelApi(IntPredicate gfpBlocks, Map<String, String> absent) {
        this.gfpBlocks = gfpBlocks;
        this.absent = absent;
    }

    /**
     * The index of what {@code classes} and their nested types declare.
     *
     * @param gfpBlocks whether an allocation with these flags may sleep
     */
    public static KernelApi of(Collection<Class<?>> classes, IntPredicate gfpBlocks) {
        return of(classes, gfpBlocks, ImmutableMap.of());
    }

    /**
     * The index of what {@code classes} and their nested types declare.
     *
     * @param gfpBlocks whether an allocation with these flags may sleep
     * @param absent names that people know and this kernel does not have, with what to tell whoever uses one
     */
    public static KernelApi of(
            Collection<Class<?>> classes, IntPredicate gfpBlocks, ImmutableMap<String, String> absent) {
        KernelApi api = new KernelApi(gfpBlocks, absent);
        classes.forEach(api::add);
        return api;
    }

    private void add(Class<?> owner) {
        KernelType type = owner.getAnnotation(KernelType.class);
        if (type != null) {
            put(types, type.name().isEmpty() ? owner.getSimpleName() : type.name(), owner);
        }
        Method[] methods = owner.getDeclaredMethods();
        Arrays.sort(methods, IN_ORDER);
        for (Method method : methods) {
            addMethod(method);
        }
        for (Field field : owner.getDeclaredFields()) {
            if (isConstant(field)) {
                put(constants, field.getName(), field);
            }
        }
        for (Class<?> nested : owner.getDeclaredClasses()) {
            if (nested.isAnnotationPresent(KernelType.class)) {
                add(nested);
            }
        }
    }

    private void addMethod(Method method) {
        if (method.isAnnotationPresent(KernelFunction.class)) {
            functions
                    .computeIfAbsent(method.getName(), name -> new ArrayList<>())
                    .add(method);
            contracts.put(method, Contract.of(method, contracts.size()));
        } else if (method.isAnnotationPresent(HostFunction.class)) {
            functions
                    .computeIfAbsent(method.getName(), name -> new ArrayList<>())
                    .add(method);
        } else if (method.isAnnotationPresent(KernelVariable.class)) {
            put(variables, method.getName(), method);
        } else if (method.isAnnotationPresent(DefinitionMacro.class)) {
            put(macros, method.getName(), method);
        } else if (method.isAnnotationPresent(Initialiser.class)) {
            put(initialisers, method.getName(), method);
        }
    }

    private static boolean isConstant(Field field) {
        int wanted = Modifier.PUBLIC | Modifier.STATIC | Modifier.FINAL;
        boolean plain = field.getType().isPrimitive() || field.getType() == String.class;
        return (field.getModifiers() & wanted) == wanted && plain;
    }

    private static <T> void put(Map<String, T> map, String name, T value) {
        T earlier = map.put(name, value);
        if (earlier != null) {
            throw new IllegalStateException(name + " is declared twice, as " + earlier + " and as " + value);
        }
    }

    /** The methods behind a function's name, one for each form of its parameters; empty if there is no such function. */
    public List<Method> function(String name) {
        return functions.getOrDefault(name, List.of());
    }

    /** The method that sees what a macro on a place in memory accesses, or null. */
    public static @Nullable Method companion(Method macro) {
        LvalueMacro annotation = macro.getAnnotation(LvalueMacro.class);
        if (annotation == null || annotation.sees().isEmpty()) {
            return null;
        }
        return Arrays.stream(macro.getDeclaringClass().getMethods())
                .filter(method -> method.getName().equals(annotation.sees()))
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        macro + " names " + annotation.sees() + "(), which is no public static method of its class"));
    }

    /** Whether an allocation with these flags may sleep. */
    public boolean gfpBlocks(int flags) {
        return gfpBlocks.test(flags);
    }

    /** The contract of a function, of its first form if it has several, or null if there is no such function. */
    public @Nullable Contract contract(String name) {
        List<Method> forms = function(name);
        return forms.isEmpty() ? null : contracts.get(forms.get(0));
    }

    /** The contract of one form of a function, or null if the method is no kernel function. */
    public @Nullable Contract contract(Method form) {
        return contracts.get(form);
    }

    /** The public static final field behind a constant's name, or null. */
    public @Nullable Field constant(String name) {
        return constants.get(name);
    }

    /** The method to call where a driver reads the variable of that name, or null. */
    public @Nullable Method variable(String name) {
        return variables.get(name);
    }

    /** The class behind a type's name, or null. */
    public @Nullable Class<?> type(String name) {
        return types.get(name);
    }

    /** The method behind a definition macro's name, or null. */
    public @Nullable Method macro(String name) {
        return macros.get(name);
    }

    /** The method behind the name of a struct's initialiser, or null. */
    public @Nullable Method initialiser(String name) {
        return initialisers.get(name);
    }

    /** The name of what initialises a struct of the type {@code type}, the first in the alphabet, or null. */
    public @Nullable String initialiserOf(String type) {
        return initialisers.values().stream()
                .filter(method -> method.getReturnType().getSimpleName().equals(type))
                .map(Method::getName)
                .findFirst()
                .orElse(null);
    }

    /** What to tell a driver that uses a name which this kernel does not have any more, or null for any other name. */
    public @Nullable String absent(String name) {
        return absent.get(name);
    }

    /** Every contract, one for each form of a function, at its {@link Contract#number()}. */
    public List<Contract> contracts() {
        return List.copyOf(contracts.values());
    }

    /** Every name that a driver may use, in alphabetical order within each kind. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        List.of(functions, constants, variables, types, macros, initialisers)
                .forEach(map -> names.addAll(map.keySet()));
        return names;
    }

    /** The names of the types, in alphabetical order. */
    public Collection<String> typeNames() {
        return Collections.unmodifiableSet(types.keySet());
    }
}
