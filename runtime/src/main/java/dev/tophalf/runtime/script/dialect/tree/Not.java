package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.IntegerType;
import org.objectweb.asm.Label;

/** {@code !a}. */
public final class Not extends Value {
    private final Value operand;

    private Not(Value operand) {
        super(IntegerType.BOOL);
        this.operand = operand;
    }

    /** The opposite of {@code truth}, which is a {@code bool}. */
    public static Value of(Value truth) {
        Long constant = truth.constant();
        return constant == null ? new Not(truth) : Constant.integer(IntegerType.BOOL, constant == 0 ? 1 : 0);
    }

    @Override
    public void emit(Code code) {
        emitByBranch(code);
    }

    @Override
    public void branch(Code code, boolean when, Label target) {
        operand.branch(code, !when, target);
    }
}
