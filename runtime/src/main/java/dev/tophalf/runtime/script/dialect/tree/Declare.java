package dev.tophalf.runtime.script.dialect.tree;

/** The declaration of a local variable, with its first value. */
public final class Declare extends Step {
    private final Local local;
    private final Value value;
    private final int line;

    /** @param value converted to the variable's type */
    public Declare(Local local, Value value, int line) {
        this.local = local;
        this.value = value;
        this.line = line;
    }

    @Override
    public void emit(Code code) {
        code.line(line);
        code.place(local);
        int slot = code.nextSlot();
        value.emit(code);
        code.define(local);
        code.release(slot);
    }
}
