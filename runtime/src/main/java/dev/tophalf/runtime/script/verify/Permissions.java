package dev.tophalf.runtime.script.verify;

import dev.tophalf.runtime.script.bytecode.ClassHierarchy;
import dev.tophalf.runtime.script.bytecode.KernelMembers;
import dev.tophalf.runtime.script.bytecode.ParsedScript;
import dev.tophalf.runtime.script.bytecode.ScopeClasses;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;

/**
 * What one script may use: its own classes, those of earlier scripts, the kernel, and the {@link Allowlist}.
 *
 * <p>A member may be used if the class that the instruction names, or one that it inherits from, has it open to the
 * script. That is enough because a script cannot declare what would hide a member of {@code Object}: see
 * {@link ClassCheck}.
 */
final class Permissions {
    private final ParsedScript script;
    private final ScopeClasses scope;
    private final ClassHierarchy hierarchy;
    private final KernelMembers kernel;
    private final Allowlist allowlist;

    Permissions(ParsedScript script, ScopeClasses scope, KernelMembers kernel, Allowlist allowlist) {
        this.script = script;
        this.scope = scope;
        this.hierarchy = new ClassHierarchy(script, scope);
        this.kernel = kernel;
        this.allowlist = allowlist;
    }

    /** Whether the class may be named at all, in a declaration, a cast, a handler or a literal. */
    boolean mayName(String internalName) {
        return isScript(internalName) || kernel.isType(internalName) || allowlist.allows(internalName);
    }

    /** Whether the types of this field or method may be named; primitives and arrays of what may be named may. */
    boolean mayName(Type type) {
        return switch (type.getSort()) {
            case Type.METHOD ->
                mayName(type.getReturnType())
                        && List.of(type.getArgumentTypes()).stream().allMatch(this::mayName);
            case Type.ARRAY -> mayName(type.getElementType());
            case Type.OBJECT -> mayName(type.getInternalName());
            default -> true;
        };
    }

    /** Whether a class of the script may extend that one. */
    boolean mayExtend(String internalName) {
        return isScript(internalName) || allowlist.allowsSuperclass(internalName);
    }

    /** Whether a class of the script may implement that interface. */
    boolean mayImplement(String internalName) {
        return isScript(internalName) || kernel.isType(internalName);
    }

    /** Whether a function or block of the script may be a pointer of that type. */
    boolean mayPoint(String internalName) {
        return mayImplement(internalName) || allowlist.allowsPointer(internalName);
    }

    /** Whether this is a function of the kernel, which must not be called but through the gate. */
    boolean isKernelFunction(String owner, String name, String descriptor) {
        return kernel.function(owner, name, descriptor) != null;
    }

    /** Whether the class belongs to this script or an earlier one. */
    boolean isScript(String internalName) {
        return script.contains(internalName) || scope.find(internalName) != null;
    }

    /** Whether an instruction may use this field, constructor or method. */
    boolean mayUse(String owner, String name, String descriptor) {
        if (owner.startsWith("[")) {
            return false;
        }
        if (kernel.isStatic(owner, name, descriptor) || kernel.isConstant(owner, name, descriptor)) {
            return true;
        }
        if (name.equals("<init>")) {
            return isOpen(owner, name, descriptor);
        }
        return mayName(owner)
                && hierarchy.ancestry(owner).stream().anyMatch(candidate -> isOpen(candidate, name, descriptor));
    }

    /** Whether {@code owner} itself has that member, open to this script. */
    private boolean isOpen(String owner, String name, String descriptor) {
        ClassNode node = script.find(owner);
        if (node != null) {
            return node.methods.stream().anyMatch(method -> method.name.equals(name) && method.desc.equals(descriptor))
                    || node.fields.stream().anyMatch(field -> field.name.equals(name) && field.desc.equals(descriptor));
        }
        Class<?> earlier = scope.find(owner);
        if (earlier != null) {
            return declaresPublic(earlier, name, descriptor);
        }
        return kernel.isMember(owner, name, descriptor) || allowlist.allows(owner, name, descriptor);
    }

    private static boolean declaresPublic(Class<?> owner, String name, String descriptor) {
        for (Method method : owner.getDeclaredMethods()) {
            if (method.getName().equals(name)
                    && Type.getMethodDescriptor(method).equals(descriptor)) {
                return Modifier.isPublic(method.getModifiers());
            }
        }
        for (Field field : owner.getDeclaredFields()) {
            if (field.getName().equals(name)
                    && Type.getDescriptor(field.getType()).equals(descriptor)) {
                return Modifier.isPublic(field.getModifiers());
            }
        }
        for (Constructor<?> constructor : owner.getDeclaredConstructors()) {
            if (name.equals("<init>")
                    && Type.getConstructorDescriptor(constructor).equals(descriptor)) {
                return Modifier.isPublic(constructor.getModifiers());
            }
        }
        return false;
    }
}
