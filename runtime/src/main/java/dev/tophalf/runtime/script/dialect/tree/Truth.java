package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.ClassType;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.SpecialType;
import dev.tophalf.runtime.script.dialect.type.Type;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Whether a number is not 0 or a pointer is not null: what {@code if (p)} asks. */
public final class Truth extends Value {
    private final Value value;

    private Truth(Value value) {
        super(IntegerType.BOOL);
        this.value = value;
    }

    /** The truth of {@code value}; itself if it is a {@code bool}. */
    public static Value of(Value value) {
        if (value.type() == IntegerType.BOOL) {
            return value;
        }
        Long constant = value.constant();
        if (constant != null) {
            return Constant.integer(IntegerType.BOOL, constant);
        }
        boolean boxed = value.type() instanceof ClassType type
                && type.info().internalName().equals("java/lang/Boolean");
        return boxed ? Convert.to(IntegerType.BOOL, value) : new Truth(value);
    }

    @Override
    public void emit(Code code) {
        emitByBranch(code);
    }

    @Override
    public void branch(Code code, boolean when, Label target) {
        value.emit(code);
        Type type = value.type();
        if (type instanceof IntegerType integer) {
            if (integer.isWide()) {
                code.op(Opcodes.LCONST_0);
                code.op(Opcodes.LCMP);
            }
            code.jump(when ? Opcodes.IFNE : Opcodes.IFEQ, target);
        } else if (type == SpecialType.VOID) {
            throw new IllegalStateException("the truth of nothing");
        } else {
            code.jump(when ? Opcodes.IFNONNULL : Opcodes.IFNULL, target);
        }
    }

    /** Replaces the integer on the stack by its truth. */
    static void ofStack(Code code, IntegerType type) {
        Label isTrue = new Label();
        Label end = new Label();
        if (type.isWide()) {
            code.op(Opcodes.LCONST_0);
            code.op(Opcodes.LCMP);
        }
        code.jump(Opcodes.IFNE, isTrue);
        code.op(Opcodes.ICONST_0);
        code.jump(Opcodes.GOTO, end);
        code.mark(isTrue);
        code.op(Opcodes.ICONST_1);
        code.mark(end);
    }
}
