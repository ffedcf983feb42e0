package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.SpecialType;

/** A value that is computed for its effects alone, as that of a macro that yields nothing. */
public final class Effect extends Value {
    private final Value value;

    public Effect(Value value) {
        super(SpecialType.VOID);
        this.value = value;
    }

    @Override
    public void emit(Code code) {
        value.emitAndDrop(code);
    }
}
