package dev.tophalf.runtime.script.dialect.type;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the compiler knows of a class: one of the driver's structs, or a Java class behind the index. */
public interface ClassInfo {
    /** The name that drivers type. */
    String name();

    /** The name that the JVM knows. */
    String internalName();

    /** The superclass, or null for {@code Object} and interfaces. */
    @Nullable
    ClassType superclass();

    List<ClassType> interfaces();

    default List<TypeParameter> typeParameters() {
        return List.of();
    }

    /** The member or variable that this class itself declares under that name, or null. */
    @Nullable
    Member declaredMember(String name);

    /** The names of the members that this class itself declares. */
    Collection<String> declaredMembers();

    /** The methods that this class itself declares under that name. */
    List<Callable> declaredMethods(String name);

    List<Callable> constructors();

    /** Whether a member of this type is storage, and not a pointer. */
    boolean isEmbedded();

    /** Whether it is a struct, so that {@code struct} belongs in front of its name. */
    boolean isStruct();

    boolean isInterface();

    boolean isAbstract();

    /** The one function of a function pointer type, or null for any other type. */
    @Nullable
    Callable function();

    /** What a driver writes instead of {@code p[i]}, or empty. */
    default String insteadOfIndex() {
        return "";
    }

    /** What to write instead of storing through a pointer of this type; empty for no pointer. */
    default String insteadOfStore() {
        return "";
    }

    /** The type's name as C spells it. */
    default String words() {
        return internalName().equals("java/lang/Object") ? "void *" : name();
    }

    default ClassType type() {
        return new ClassType(this);
    }

    /** The member of that name, inherited ones included, or null. */
    default @Nullable Member member(String name) {
        for (ClassInfo at = this; at != null; at = parent(at)) {
            Member member = at.declaredMember(name);
            if (member != null) {
                return member;
            }
        }
        return null;
    }

    /** The names of all members. */
    default Collection<String> members() {
        List<String> names = new ArrayList<>();
        for (ClassInfo at = this; at != null; at = parent(at)) {
            names.addAll(at.declaredMembers());
        }
        return names;
    }

    /** The methods of that name, inherited ones included and overridden ones left out. */
    default List<Callable> methods(String name) {
        List<Callable> found = new ArrayList<>();
        collect(this, name, found, new LinkedHashSet<>(), new LinkedHashSet<>());
        return found;
    }

    private static void collect(
            ClassInfo at, String name, List<Callable> found, Set<String> signatures, Set<ClassInfo> seen) {
        if (!seen.add(at)) {
            return;
        }
        for (Callable method : at.declaredMethods(name)) {
            String descriptor = method.descriptor();
            if (signatures.add(descriptor.substring(0, descriptor.indexOf(')')))) {
                found.add(method);
            }
        }
        ClassInfo parent = parent(at);
        if (parent != null) {
            collect(parent, name, found, signatures, seen);
        }
        for (ClassType face : at.interfaces()) {
            collect(face.info(), name, found, signatures, seen);
        }
    }

    private static @Nullable ClassInfo parent(ClassInfo at) {
        ClassType superclass = at.superclass();
        return superclass == null ? null : superclass.info();
    }

    /** Whether a value of this class is one of {@code other} too. */
    default boolean isA(ClassInfo other) {
        if (equals(other) || other.internalName().equals("java/lang/Object")) {
            return true;
        }
        ClassInfo parent = parent(this);
        if (parent != null && parent.isA(other)) {
            return true;
        }
        return interfaces().stream().anyMatch(face -> face.info().isA(other));
    }
}
