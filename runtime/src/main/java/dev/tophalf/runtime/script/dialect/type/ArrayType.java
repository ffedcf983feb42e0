package dev.tophalf.runtime.script.dialect.type;

import java.util.Map;

/** An array of C: its elements are stored packed, so {@code u8[]} is a Java {@code byte[]}. */
public record ArrayType(Type element) implements Type {
    @Override
    public String descriptor() {
        return "[" + (element instanceof IntegerType integer ? integer.storage() : element.descriptor());
    }

    @Override
    public String words() {
        return element.words() + "[]";
    }

    @Override
    public Type substitute(Map<TypeParameter, Type> bindings) {
        return new ArrayType(element.substitute(bindings));
    }
}
