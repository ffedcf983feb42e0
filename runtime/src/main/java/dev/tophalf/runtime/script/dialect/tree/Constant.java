package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.SpecialType;
import dev.tophalf.runtime.script.dialect.type.Type;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** A value that the source spells out: an integer, a string, {@code null}, or a struct type as such. */
public final class Constant extends Value {
    private final @Nullable Object value;

    private Constant(Type type, @Nullable Object value) {
        super(type);
        this.value = value;
    }

    public static Constant integer(IntegerType type, long value) {
        return new Constant(type, type.wrap(value));
    }

    public static Constant text(Type string, String text) {
        return new Constant(string, text);
    }

    public static Constant nothing() {
        return new Constant(SpecialType.NULL, null);
    }

    /** A null pointer of that type. */
    public static Constant nothing(Type type) {
        return new Constant(type, null);
    }

    /** The struct type itself, as {@code kzalloc(button, ...)} takes it. */
    public static Constant struct(Type classType, Type struct) {
        return new Constant(classType, struct);
    }

    /** What stands for an expression with an error in it. */
    public static Constant unknown() {
        return new Constant(SpecialType.UNKNOWN, null);
    }

    /** The text, or null if it is no string. */
    public @Nullable String text() {
        return value instanceof String text ? text : null;
    }

    /** The struct type that it names, or null. */
    public @Nullable Type struct() {
        return value instanceof Type struct ? struct : null;
    }

    @Override
    public @Nullable Long constant() {
        return value instanceof Long number ? number : null;
    }

    @Override
    public void emit(Code code) {
        if (value == null) {
            code.op(Opcodes.ACONST_NULL);
        } else if (value instanceof Long number) {
            if (type().slots() == 2) {
                code.constant(number.longValue());
            } else {
                code.constant(number.intValue());
            }
        } else if (value instanceof Type struct) {
            code.out().visitLdcInsn(org.objectweb.asm.Type.getType(struct.descriptor()));
        } else {
            code.out().visitLdcInsn(value);
        }
    }

    @Override
    public void branch(Code code, boolean when, Label target) {
        Long number = constant();
        if (number == null) {
            super.branch(code, when, target);
        } else if ((number != 0) == when) {
            code.jump(Opcodes.GOTO, target);
        }
    }

    @Override
    public void emitAndDrop(Code code) {
        // A constant has no effect.
    }
}
