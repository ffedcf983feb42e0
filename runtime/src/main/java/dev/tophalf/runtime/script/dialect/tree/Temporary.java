package dev.tophalf.runtime.script.dialect.tree;

import org.objectweb.asm.Opcodes;

/** A value that is computed once and used several times within one expression. */
public final class Temporary extends Value {
    private final Value value;
    private final Local local;

    public Temporary(Value value) {
        super(value.type());
        this.value = value;
        this.local = new Local("", value.type());
    }

    /** Computes the value and keeps it. */
    @Override
    public void emit(Code code) {
        value.emit(code);
        code.op(type().slots() == 2 ? Opcodes.DUP2 : Opcodes.DUP);
        code.place(local);
        code.store(local);
    }

    /** The kept value. */
    public Value again() {
        return new Again(local);
    }

    private static final class Again extends Value {
        private final Local local;

        Again(Local local) {
            super(local.type());
            this.local = local;
        }

        @Override
        public void emit(Code code) {
            code.load(local);
        }
    }
}
