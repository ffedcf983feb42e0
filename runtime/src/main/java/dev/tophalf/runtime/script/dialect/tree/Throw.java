package dev.tophalf.runtime.script.dialect.tree;

import org.objectweb.asm.Opcodes;

/** {@code throw e}. */
public final class Throw extends Step {
    private final Value exception;
    private final int line;

    public Throw(Value exception, int line) {
        this.exception = exception;
        this.line = line;
    }

    @Override
    public void emit(Code code) {
        code.line(line);
        exception.emit(code);
        code.op(Opcodes.ATHROW);
    }

    @Override
    public boolean completes() {
        return false;
    }
}
