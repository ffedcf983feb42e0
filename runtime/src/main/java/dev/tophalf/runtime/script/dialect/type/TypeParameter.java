package dev.tophalf.runtime.script.dialect.type;

import java.lang.reflect.TypeVariable;
import java.util.Map;

/** A type parameter of a Java class or method, as in {@code <T> T devm_kzalloc(device dev, Class<T> type, int gfp)}. */
public record TypeParameter(TypeVariable<?> variable) implements Type {
    @Override
    public String descriptor() {
        return "Ljava/lang/Object;";
    }

    @Override
    public String words() {
        return variable.getName();
    }

    @Override
    public Type substitute(Map<TypeParameter, Type> bindings) {
        return bindings.getOrDefault(this, this);
    }
}
