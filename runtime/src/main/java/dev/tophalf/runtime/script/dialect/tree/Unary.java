package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.IntegerType;
import org.objectweb.asm.Opcodes;

/** {@code -a} or {@code ~a} on an integer. */
public final class Unary extends Value {
    private final boolean complement;
    private final Value operand;

    private Unary(IntegerType type, boolean complement, Value operand) {
        super(type);
        this.complement = complement;
        this.operand = operand;
    }

    public static Value negate(Value operand) {
        return of(false, operand);
    }

    public static Value complement(Value operand) {
        return of(true, operand);
    }

    private static Value of(boolean complement, Value operand) {
        IntegerType type = ((IntegerType) operand.type()).promoted();
        Value promoted = Convert.to(type, operand);
        Long constant = promoted.constant();
        if (constant != null) {
            return Constant.integer(type, complement ? ~constant : -constant);
        }
        return new Unary(type, complement, promoted);
    }

    @Override
    public void emit(Code code) {
        operand.emit(code);
        IntegerType type = (IntegerType) type();
        if (!complement) {
            code.op(type.isWide() ? Opcodes.LNEG : Opcodes.INEG);
        } else if (type.isWide()) {
            code.constant(-1L);
            code.op(Opcodes.LXOR);
        } else {
            code.constant(-1);
            code.op(Opcodes.IXOR);
        }
        if (type == IntegerType.U32) {
            Convert.wrap(code, type);
        }
    }
}
