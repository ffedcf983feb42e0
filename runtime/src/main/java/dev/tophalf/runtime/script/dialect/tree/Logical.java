package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.IntegerType;
import org.objectweb.asm.Label;

/** {@code a && b} or {@code a || b}. */
public final class Logical extends Value {
    private final boolean and;
    private final Value left;
    private final Value right;

    /** Both operands are {@code bool}. */
    public Logical(boolean and, Value left, Value right) {
        super(IntegerType.BOOL);
        this.and = and;
        this.left = left;
        this.right = right;
    }

    @Override
    public void emit(Code code) {
        emitByBranch(code);
    }

    @Override
    public void branch(Code code, boolean when, Label target) {
        if (and == when) {
            Label skip = new Label();
            left.branch(code, !when, skip);
            right.branch(code, when, target);
            code.mark(skip);
        } else {
            left.branch(code, when, target);
            right.branch(code, when, target);
        }
    }
}
