package dev.tophalf.runtime.script.bytecode;

import com.google.common.collect.ImmutableSet;
import dev.tophalf.runtime.contract.Condition;
import dev.tophalf.runtime.contract.Contract;
import dev.tophalf.runtime.contract.KernelApi;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/** The {@link KernelApi} by the names that bytecode uses. It knows nothing that the index does not. */
public final class KernelMembers {
    /** The methods behind {@code p + 4}, {@code p - q}, {@code p[3]} and {@code p[3] = 1}. */
    private static final Set<String> OPERATORS = ImmutableSet.of("plus", "minus", "getAt", "putAt", "compareTo");

    private final Map<String, Contract> functions = new LinkedHashMap<>();
    private final Set<String> statics = new LinkedHashSet<>();
    private final Set<String> constants = new LinkedHashSet<>();
    private final Map<String, Class<?>> types = new LinkedHashMap<>();
    private final Set<String> mentioned = new LinkedHashSet<>();
    private final Map<Class<?>, Set<String>> members = new ConcurrentHashMap<>();

    private KernelMembers() {}

    /** Reads the index once; keep the result as long as the index. */
    public static KernelMembers of(KernelApi api) {
        KernelMembers members = new KernelMembers();
        members.types.put(Type.getInternalName(Condition.class), Condition.class);
        for (String name : api.names()) {
            members.add(api, name);
        }
        return members;
    }

    private void add(KernelApi api, String name) {
        for (Method form : api.function(name)) {
            addStatic(form);
            Contract contract = api.contract(form);
            if (contract != null) {
                functions.put(key(form), contract);
            }
            Method companion = KernelApi.companion(form);
            if (companion != null) {
                addStatic(companion);
            }
        }
        for (Method method : new @Nullable Method[] {api.variable(name), api.macro(name), api.initialiser(name)}) {
            if (method != null) {
                addStatic(method);
            }
        }
        Field constant = api.constant(name);
        if (constant != null) {
            constants.add(key(constant));
            mention(constant.getDeclaringClass());
        }
        Class<?> type = api.type(name);
        if (type != null) {
            types.put(Type.getInternalName(type), type);
        }
    }

    private void addStatic(Method method) {
        statics.add(key(method));
        mention(method.getDeclaringClass());
        mention(method.getReturnType());
        for (Class<?> parameter : method.getParameterTypes()) {
            mention(parameter);
        }
    }

    private void mention(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        mentioned.add(element.getName());
    }

    private static String key(Method method) {
        String owner = Type.getInternalName(method.getDeclaringClass());
        return key(owner, method.getName(), Type.getMethodDescriptor(method));
    }

    private static String key(Field field) {
        String owner = Type.getInternalName(field.getDeclaringClass());
        return key(owner, field.getName(), Type.getDescriptor(field.getType()));
    }

    private static String key(String owner, String name, String descriptor) {
        return owner + '.' + name + ':' + descriptor;
    }

    /** The contract of the kernel function that this is, or null if it is none. */
    public @Nullable Contract function(String owner, String name, String descriptor) {
        return functions.get(key(owner, name, descriptor));
    }

    /** Whether this is a kernel function, variable or definition macro, or sees what a macro accesses. */
    public boolean isStatic(String owner, String name, String descriptor) {
        return statics.contains(key(owner, name, descriptor));
    }

    /** Whether this is a kernel constant. */
    public boolean isConstant(String owner, String name, String descriptor) {
        return constants.contains(key(owner, name, descriptor));
    }

    /** Whether a class of that internal name is a kernel type. */
    public boolean isType(String internalName) {
        return types.containsKey(internalName);
    }

    /**
     * Whether this kernel type itself declares this for drivers: as a public field or constructor, as the method of a
     * function pointer type, or as an operator. A struct of C has no methods; those that its class has are the kernel's.
     */
    public boolean isMember(String type, String name, String descriptor) {
        Class<?> known = types.get(type);
        return known != null
                && members.computeIfAbsent(known, KernelMembers::readMembers).contains(name + ':' + descriptor);
    }

    private static Set<String> readMembers(Class<?> type) {
        Set<String> found = new LinkedHashSet<>();
        for (Method method : type.getDeclaredMethods()) {
            if (isOpen(method.getModifiers()) && (type.isInterface() || OPERATORS.contains(method.getName()))) {
                found.add(method.getName() + ':' + Type.getMethodDescriptor(method));
            }
        }
        for (Field field : type.getDeclaredFields()) {
            if (isOpen(field.getModifiers())) {
                found.add(field.getName() + ':' + Type.getDescriptor(field.getType()));
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (isOpen(constructor.getModifiers())) {
                found.add("<init>:" + Type.getConstructorDescriptor(constructor));
            }
        }
        return found;
    }

    private static boolean isOpen(int modifiers) {
        return Modifier.isPublic(modifiers) && !Modifier.isStatic(modifiers);
    }

    /** Whether the class of that binary name is a kernel type, holds a function or constant, or is in a signature. */
    public boolean mentions(String binaryName) {
        return mentioned.contains(binaryName) || isType(binaryName.replace('.', '/'));
    }
}
