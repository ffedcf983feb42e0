package dev.tophalf.runtime.script.dialect.type;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A class that the script at hand declares: a struct, a function pointer type, or the file's own scope. */
public final class ScriptClass implements ClassInfo {
    private final String name;
    private final boolean isInterface;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, List<Callable>> methods = new LinkedHashMap<>();
    private final List<Callable> constructors = new ArrayList<>();
    private List<TypeParameter> typeParameters = List.of();
    private @Nullable ClassType superclass;
    private @Nullable Callable function;
    private @Nullable String words;

    public ScriptClass(String name, boolean isInterface, ClassType superclass) {
        this.name = name;
        this.isInterface = isInterface;
        this.superclass = superclass;
    }

    public void setSuperclass(ClassType superclass) {
        this.superclass = superclass;
    }

    public void setTypeParameters(List<TypeParameter> typeParameters) {
        this.typeParameters = typeParameters;
    }

    @Override
    public List<TypeParameter> typeParameters() {
        return typeParameters;
    }

    public void add(Member member) {
        members.put(member.name(), member);
    }

    public void add(Callable method) {
        methods.computeIfAbsent(method.name(), key -> new ArrayList<>()).add(method);
        if (isInterface) {
            function = method;
        }
    }

    public void addConstructor(Callable constructor) {
        constructors.add(constructor);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String words() {
        return words == null ? name : words;
    }

    /** Says how C spells the type of a block of code, which has no name of its own. */
    public void setWords(String words) {
        this.words = words;
    }

    @Override
    public String internalName() {
        return name;
    }

    @Override
    public @Nullable ClassType superclass() {
        return superclass;
    }

    @Override
    public List<ClassType> interfaces() {
        return List.of();
    }

    @Override
    public @Nullable Member declaredMember(String name) {
        return members.get(name);
    }

    @Override
    public Collection<String> declaredMembers() {
        return members.keySet();
    }

    /** The members in the order of the source. */
    public Collection<Member> ownMembers() {
        return members.values();
    }

    @Override
    public List<Callable> declaredMethods(String name) {
        return methods.getOrDefault(name, List.of());
    }

    /** The names of the functions or methods in the order of the source. */
    public Collection<String> declaredMethodNames() {
        return methods.keySet();
    }

    @Override
    public List<Callable> constructors() {
        return constructors;
    }

    @Override
    public boolean isEmbedded() {
        return false;
    }

    @Override
    public boolean isStruct() {
        return !isInterface;
    }

    @Override
    public boolean isInterface() {
        return isInterface;
    }

    @Override
    public boolean isAbstract() {
        return isInterface;
    }

    @Override
    public @Nullable Callable function() {
        return methods.size() == 1 ? function : null;
    }

    @Override
    public String toString() {
        return name;
    }
}
