package dev.tophalf.runtime.script.bytecode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;

/**
 * Which class extends which, over a script's own trees, earlier scripts and the host. No class of the script is loaded
 * to find out, and no class of the host is initialised.
 */
public final class ClassHierarchy {
    private static final String OBJECT = "java/lang/Object";

    private final ParsedScript script;
    private final ScopeClasses scope;

    public ClassHierarchy(ParsedScript script, ScopeClasses scope) {
        this.script = script;
        this.scope = scope;
    }

    /** The class that an earlier script or the host has under that internal name, or null. */
    public @Nullable Class<?> loaded(String internalName) {
        Class<?> earlier = scope.find(internalName);
        if (earlier != null) {
            return earlier;
        }
        try {
            return Class.forName(internalName.replace('/', '.'), false, ClassHierarchy.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    /** The superclass of that class, or null for {@code Object}, interfaces and unknown classes. */
    public @Nullable String superclass(String internalName) {
        ClassNode node = script.find(internalName);
        if (node != null) {
            return node.superName;
        }
        Class<?> loaded = loaded(internalName);
        Class<?> parent = loaded == null ? null : loaded.getSuperclass();
        return parent == null ? null : Type.getInternalName(parent);
    }

    /** Whether that class is an interface. */
    public boolean isInterface(String internalName) {
        ClassNode node = script.find(internalName);
        if (node != null) {
            return (node.access & Opcodes.ACC_INTERFACE) != 0;
        }
        Class<?> loaded = loaded(internalName);
        return loaded != null && loaded.isInterface();
    }

    /** Whether {@code internalName} is {@code ancestor} or a subclass of it. */
    public boolean isSubclass(String internalName, String ancestor) {
        return lineage(internalName).contains(ancestor);
    }

    /** The class and its superclasses, nearest first. A class that extends itself ends the list. */
    public List<String> lineage(String internalName) {
        List<String> lineage = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        String next = internalName;
        while (next != null && seen.add(next)) {
            lineage.add(next);
            next = superclass(next);
        }
        return lineage;
    }

    /** The class, its superclasses, and the interfaces of all of them, each once. */
    public Set<String> ancestry(String internalName) {
        Set<String> ancestry = new LinkedHashSet<>();
        addAncestry(internalName, ancestry);
        return ancestry;
    }

    private void addAncestry(String internalName, Set<String> ancestry) {
        if (ancestry.add(internalName)) {
            String parent = superclass(internalName);
            if (parent != null) {
                addAncestry(parent, ancestry);
            }
            interfaces(internalName).forEach(type -> addAncestry(type, ancestry));
        }
    }

    private List<String> interfaces(String internalName) {
        ClassNode node = script.find(internalName);
        if (node != null) {
            return node.interfaces;
        }
        Class<?> loaded = loaded(internalName);
        return loaded == null
                ? List.of()
                : Arrays.stream(loaded.getInterfaces())
                        .map(Type::getInternalName)
                        .toList();
    }

    /** The nearest class that both extend, as stack map frames want it: an interface counts as {@code Object}. */
    public String commonSuperclass(String first, String second) {
        if (isInterface(first) || isInterface(second)) {
            return OBJECT;
        }
        List<String> others = lineage(second);
        return lineage(first).stream().filter(others::contains).findFirst().orElse(OBJECT);
    }
}
