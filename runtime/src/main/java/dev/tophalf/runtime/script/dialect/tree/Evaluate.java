package dev.tophalf.runtime.script.dialect.tree;

/** An expression as a statement. */
public final class Evaluate extends Step {
    private final Value value;
    private final int line;

    public Evaluate(Value value, int line) {
        this.value = value;
        this.line = line;
    }

    @Override
    public void emit(Code code) {
        int slot = code.nextSlot();
        code.line(line);
        value.emitAndDrop(code);
        code.release(slot);
    }
}
