package dev.tophalf.runtime.script.dialect.tree;

/** A value, after something else was done. */
public final class Sequence extends Value {
    private final Value effect;
    private final Value value;

    public Sequence(Value effect, Value value) {
        super(value.type());
        this.effect = effect;
        this.value = value;
    }

    @Override
    public void emit(Code code) {
        effect.emitAndDrop(code);
        value.emit(code);
    }
}
