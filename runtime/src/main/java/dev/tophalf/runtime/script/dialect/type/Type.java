package dev.tophalf.runtime.script.dialect.type;

import java.util.Map;

/** The type of an expression, variable, member or function result. */
public sealed interface Type permits IntegerType, ClassType, ArrayType, TypeParameter, SpecialType {
    /** How a value lies on the operand stack and in a local variable, as a JVM descriptor. */
    String descriptor();

    /** The type as C spells it, for messages. */
    String words();

    /** This type with type parameters replaced by what {@code bindings} knows of them. */
    default Type substitute(Map<TypeParameter, Type> bindings) {
        return this;
    }

    /** How many slots a value takes. */
    default int slots() {
        return 1;
    }

    /** Whether values are references: structs, arrays, strings, {@code void *}. */
    default boolean isReference() {
        return !isInteger() && !isVoid();
    }

    /** Whether values are integers, {@code bool} among them. */
    default boolean isInteger() {
        return this instanceof IntegerType;
    }

    /** Whether something was wrong with the expression, so that everything about it has been said. */
    default boolean isUnknown() {
        return this == SpecialType.UNKNOWN;
    }

    default boolean isVoid() {
        return this == SpecialType.VOID;
    }
}
