package dev.tophalf.runtime.script.dialect.type;

import com.google.common.collect.ImmutableSet;
import dev.tophalf.runtime.contract.CType;
import dev.tophalf.runtime.contract.ConstantLimit;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.KernelType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Java class behind a name of the driver language. */
final class JavaClass implements ClassInfo {
    /** The methods of a kernel struct that a driver uses, as operators; the others are the kernel's own. */
    private static final Set<String> OPERATORS = ImmutableSet.of("plus", "minus", "getAt", "putAt", "compareTo");

    private final JavaTypes types;
    private final Class<?> javaClass;
    private final String name;
    private final @Nullable KernelType annotation;
    private final boolean isKernels;
    private @Nullable Map<String, Member> members;
    private @Nullable Map<String, List<Callable>> methods;
    private @Nullable Callable function;
    private boolean functionKnown;

    JavaClass(JavaTypes types, Class<?> javaClass) {
        this.types = types;
        this.javaClass = javaClass;
        this.annotation = javaClass.getAnnotation(KernelType.class);
        this.isKernels = !javaClass.isInterface()
                && !javaClass.getPackageName().isEmpty()
                && !javaClass.getPackageName().startsWith("java.");
        this.name = annotation == null || annotation.name().isEmpty() ? javaClass.getSimpleName() : annotation.name();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String internalName() {
        return javaClass.getName().replace('.', '/');
    }

    @Override
    public @Nullable ClassType superclass() {
        java.lang.reflect.Type superclass = javaClass.getGenericSuperclass();
        if (superclass == null) {
            return javaClass.isInterface() ? types.object() : null;
        }
        return (ClassType) types.type(superclass);
    }

    @Override
    public List<ClassType> interfaces() {
        return Arrays.stream(javaClass.getGenericInterfaces())
                .map(face -> (ClassType) types.type(face))
                .toList();
    }

    @Override
    public List<TypeParameter> typeParameters() {
        return Arrays.<TypeVariable<?>>stream(javaClass.getTypeParameters())
                .map(TypeParameter::of)
                .toList();
    }

    @Override
    public synchronized @Nullable Member declaredMember(String name) {
        return declared().get(name);
    }

    @Override
    public synchronized Collection<String> declaredMembers() {
        return declared().keySet();
    }

    private Map<String, Member> declared() {
        Map<String, Member> known = members;
        if (known == null) {
            known = new LinkedHashMap<>();
            for (Field field : javaClass.getDeclaredFields()) {
                if (Modifier.isPublic(field.getModifiers()) && types.isKnown(field.getType())) {
                    known.put(field.getName(), member(field));
                }
            }
            members = known;
        }
        return known;
    }

    Member member(Field field) {
        int modifiers = field.getModifiers();
        return new Member(
                this,
                field.getName(),
                integer(field, types.type(field.getGenericType())),
                field.getType().descriptorString(),
                Modifier.isStatic(modifiers),
                Modifier.isFinal(modifiers));
    }

    @Override
    public synchronized List<Callable> declaredMethods(String name) {
        Map<String, List<Callable>> known = methods;
        if (known == null) {
            known = new LinkedHashMap<>();
            methods = known;
        }
        return known.computeIfAbsent(name, this::readMethods);
    }

    private List<Callable> readMethods(String name) {
        List<Callable> found = new ArrayList<>();
        for (Method method : javaClass.getDeclaredMethods()) {
            if (method.getName().equals(name) && isUsable(method)) {
                found.add(callable(method));
            }
        }
        found.sort(Callable.BY_FORM);
        return found;
    }

    private boolean isUsable(Method method) {
        return Modifier.isPublic(method.getModifiers())
                && (!method.isBridge() || isOfHiddenClass(method))
                && (!isKernels || OPERATORS.contains(method.getName()))
                && types.isKnown(method.getReturnType())
                && Arrays.stream(method.getParameterTypes()).allMatch(types::isKnown);
    }

    /** Whether the method stands for that of a superclass which nobody may name, as {@code StringBuilder.length()} does. */
    private boolean isOfHiddenClass(Method bridge) {
        Class<?> superclass = javaClass.getSuperclass();
        return superclass != null
                && !Modifier.isPublic(superclass.getModifiers())
                && declares(superclass, bridge, false)
                && !declares(javaClass, bridge, true);
    }

    private static boolean declares(Class<?> owner, Method like, boolean anyResult) {
        return Arrays.stream(owner.getDeclaredMethods())
                .filter(method -> !method.isBridge() && method.getName().equals(like.getName()))
                .filter(method -> anyResult || method.getReturnType() == like.getReturnType())
                .anyMatch(method -> Arrays.equals(method.getParameterTypes(), like.getParameterTypes()));
    }

    Callable callable(Method method) {
        return new Callable(
                this,
                method.getName(),
                parameters(method),
                integer(method, types.type(method.getGenericReturnType())),
                method.getReturnType().descriptorString(),
                Modifier.isStatic(method.getModifiers()),
                method.isVarArgs(),
                0);
    }

    @Override
    public List<Callable> constructors() {
        return Arrays.stream(javaClass.getConstructors())
                .filter(constructor ->
                        Arrays.stream(constructor.getParameterTypes()).allMatch(types::isKnown))
                .map(this::callable)
                .sorted(Callable.BY_FORM)
                .toList();
    }

    private Callable callable(Constructor<?> constructor) {
        return new Callable(
                this, "<init>", parameters(constructor), SpecialType.VOID, "V", false, constructor.isVarArgs(), 0);
    }

    private List<Callable.Parameter> parameters(Executable executable) {
        List<Callable.Parameter> parameters = new ArrayList<>();
        for (java.lang.reflect.Parameter parameter : executable.getParameters()) {
            Type type = integer(parameter, types.type(parameter.getParameterizedType()));
            parameters.add(new Callable.Parameter(
                    parameter.isNamePresent() ? parameter.getName() : "",
                    type,
                    parameter.getType().descriptorString(),
                    parameter.isAnnotationPresent(DefinitionMacro.Name.class),
                    parameter.isAnnotationPresent(DefinitionMacro.TypeOf.class),
                    parameter.isAnnotationPresent(DefinitionMacro.ArrayOf.class),
                    parameter.getAnnotation(ConstantLimit.class),
                    null));
        }
        return parameters;
    }

    /** The C type that a Java integer stands for, where the kernel's author says that it is another one. */
    private static Type integer(AnnotatedElement element, Type type) {
        CType annotation = type instanceof IntegerType ? element.getAnnotation(CType.class) : null;
        if (annotation == null) {
            return type;
        }
        IntegerType named = IntegerType.named(annotation.value());
        if (named == null) {
            throw new IllegalStateException(element + ": @CType(\"" + annotation.value() + "\") is no integer type");
        }
        return named;
    }

    /** Whether it is a type of the kernel, and not of an earlier script or of Java. */
    boolean isKernels() {
        return annotation != null;
    }

    @Override
    public boolean isEmbedded() {
        return annotation != null && annotation.embedded();
    }

    @Override
    public boolean isStruct() {
        return annotation != null
                && !javaClass.isInterface()
                && !declaredMembers().isEmpty();
    }

    @Override
    public boolean isInterface() {
        return javaClass.isInterface();
    }

    @Override
    public boolean isAbstract() {
        return Modifier.isAbstract(javaClass.getModifiers());
    }

    @Override
    public synchronized @Nullable Callable function() {
        if (!functionKnown) {
            function = readFunction();
            functionKnown = true;
        }
        return function;
    }

    private @Nullable Callable readFunction() {
        if (!javaClass.isInterface()) {
            return null;
        }
        Method only = null;
        for (Method method : javaClass.getMethods()) {
            if (Modifier.isAbstract(method.getModifiers()) && !isOfObject(method)) {
                if (only != null) {
                    return null;
                }
                only = method;
            }
        }
        return only == null ? null : callable(only);
    }

    private static boolean isOfObject(Method method) {
        return switch (method.getName()) {
            case "equals", "hashCode", "toString" -> true;
            default -> false;
        };
    }

    @Override
    public String insteadOfIndex() {
        return annotation == null ? "" : annotation.insteadOfIndex();
    }

    @Override
    public String insteadOfStore() {
        return annotation == null ? "" : annotation.insteadOfStore();
    }

    @Override
    public String toString() {
        return name;
    }
}
