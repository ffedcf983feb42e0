package dev.tophalf.runtime.script.dialect.tree;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** {@code if (a) b else c}. */
public final class If extends Step {
    private final Value condition;
    private final Step then;
    private final @Nullable Step otherwise;
    private final int line;

    /** The condition is a {@code bool}. */
    public If(Value condition, Step then, @Nullable Step otherwise, int line) {
        this.condition = condition;
        this.then = then;
        this.otherwise = otherwise;
        this.line = line;
    }

    @Override
    public void emit(Code code) {
        Label skip = new Label();
        int slot = code.nextSlot();
        code.line(line);
        condition.branch(code, false, skip);
        code.release(slot);
        then.emit(code);
        if (otherwise == null) {
            code.mark(skip);
            return;
        }
        Label end = new Label();
        if (then.completes()) {
            code.jump(Opcodes.GOTO, end);
        }
        code.mark(skip);
        otherwise.emit(code);
        code.mark(end);
    }

    @Override
    public boolean completes() {
        return otherwise == null || then.completes() || otherwise.completes();
    }
}
