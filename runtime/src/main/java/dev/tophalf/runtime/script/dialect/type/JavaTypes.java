package dev.tophalf.runtime.script.dialect.type;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Java classes as types of the driver language, each read once. One that is made with a parent asks it for the classes
 * that it shares, so that what a script declared can be forgotten with the script.
 */
public final class JavaTypes {
    private final Map<Class<?>, JavaClass> classes = new ConcurrentHashMap<>();
    private final @Nullable JavaTypes parent;

    public JavaTypes(@Nullable JavaTypes parent) {
        this.parent = parent;
    }

    private JavaClass of(Class<?> javaClass) {
        if (parent != null && !isScripts(javaClass)) {
            return parent.of(javaClass);
        }
        return classes.computeIfAbsent(javaClass, key -> new JavaClass(this, key));
    }

    /** Whether an earlier script declared the class; only such classes have no package. */
    private static boolean isScripts(Class<?> javaClass) {
        return javaClass.getName().indexOf('.') < 0;
    }

    /** The class behind a Java class. */
    public ClassInfo info(Class<?> javaClass) {
        return of(javaClass);
    }

    /** {@code void *}. */
    public ClassType object() {
        return of(Object.class).type();
    }

    /** A static method as a function. */
    public Callable function(Method method) {
        return of(method.getDeclaringClass()).callable(method);
    }

    /** A static field as a variable. */
    public Member variable(Field field) {
        return of(field.getDeclaringClass()).member(field);
    }

    /** Whether a driver can hold values of a Java type; it has no floating point. */
    boolean isKnown(Class<?> javaClass) {
        Class<?> element = javaClass;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return !element.isPrimitive() || element == void.class || IntegerType.of(element) != null;
    }

    /** A Java type as one of the driver language. */
    public Type type(java.lang.reflect.Type javaType) {
        if (javaType instanceof Class<?> javaClass) {
            return type(javaClass);
        }
        if (javaType instanceof ParameterizedType parameterized) {
            List<Type> arguments = Arrays.stream(parameterized.getActualTypeArguments())
                    .map(this::type)
                    .toList();
            return new ClassType(of((Class<?>) parameterized.getRawType()), arguments);
        }
        if (javaType instanceof GenericArrayType array) {
            return new ArrayType(type(array.getGenericComponentType()));
        }
        if (javaType instanceof TypeVariable<?> variable) {
            return TypeParameter.of(variable);
        }
        return wildcard((WildcardType) javaType);
    }

    private Type wildcard(WildcardType wildcard) {
        java.lang.reflect.Type[] lower = wildcard.getLowerBounds();
        return type(lower.length > 0 ? lower[0] : wildcard.getUpperBounds()[0]);
    }

    private Type type(Class<?> javaClass) {
        if (javaClass == void.class) {
            return SpecialType.VOID;
        }
        if (javaClass.isArray()) {
            return new ArrayType(type(javaClass.getComponentType()));
        }
        if (javaClass.isPrimitive()) {
            IntegerType integer = IntegerType.of(javaClass);
            return integer == null ? SpecialType.UNKNOWN : integer;
        }
        return of(javaClass).type();
    }
}
