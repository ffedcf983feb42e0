package dev.tophalf.runtime.script.dialect.type;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A struct, a function pointer, or a class of Java such as {@code String} and {@code List<Integer>}. */
public record ClassType(ClassInfo info, List<Type> arguments) implements Type {
    public ClassType(ClassInfo info) {
        this(info, List.of());
    }

    @Override
    public String descriptor() {
        return "L" + info.internalName() + ";";
    }

    @Override
    public String words() {
        if (arguments.isEmpty()) {
            return info.words();
        }
        return info.words() + arguments.stream().map(Type::words).collect(Collectors.joining(", ", "<", ">"));
    }

    @Override
    public Type substitute(Map<TypeParameter, Type> bindings) {
        if (arguments.isEmpty() || bindings.isEmpty()) {
            return this;
        }
        return new ClassType(
                info, arguments.stream().map(a -> a.substitute(bindings)).toList());
    }

    /** What the class's own type parameters stand for here. */
    public Map<TypeParameter, Type> bindings() {
        List<TypeParameter> parameters = info.typeParameters();
        Map<TypeParameter, Type> bindings = new LinkedHashMap<>();
        boolean raw = arguments.size() != parameters.size();
        for (int i = 0; i < parameters.size() && !raw; i++) {
            bindings.put(parameters.get(i), arguments.get(i));
        }
        return bindings;
    }

    /** This type as its superclass or interface {@code target}, or null if it is none. */
    public @Nullable ClassType as(ClassInfo target) {
        if (info.equals(target)) {
            return this;
        }
        for (ClassType parent : parents()) {
            ClassType found = ((ClassType) parent.substitute(bindings())).as(target);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private List<ClassType> parents() {
        List<ClassType> parents = new ArrayList<>(info.interfaces());
        ClassType superclass = info.superclass();
        if (superclass != null) {
            parents.add(0, superclass);
        }
        return parents;
    }
}
