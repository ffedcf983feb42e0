package dev.tophalf.runtime.script.dialect.type;

import java.lang.reflect.TypeVariable;
import java.util.Map;

/**
 * A type parameter of a class or function, as in {@code <T> T devm_kzalloc(device dev, Class<T> type, int gfp)}.
 *
 * @param declaration tells parameters of the same name apart
 */
public record TypeParameter(Object declaration, String name) implements Type {
    static TypeParameter of(TypeVariable<?> variable) {
        return new TypeParameter(variable, variable.getName());
    }

    @Override
    public String descriptor() {
        return "Ljava/lang/Object;";
    }

    @Override
    public String words() {
        return name;
    }

    @Override
    public Type substitute(Map<TypeParameter, Type> bindings) {
        return bindings.getOrDefault(this, this);
    }
}
