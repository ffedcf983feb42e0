package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.Type;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** A typed expression. Writing it leaves exactly one value of its type on the stack, none if that is {@code void}. */
public abstract class Value {
    private final Type type;

    protected Value(Type type) {
        this.type = type;
    }

    public final Type type() {
        return type;
    }

    /** Writes the code that computes the value. */
    public abstract void emit(Code code);

    /** Writes the code for its effects alone. */
    public void emitAndDrop(Code code) {
        emit(code);
        code.drop(type);
    }

    /** Writes a jump to {@code target} if the value, a {@code bool}, is {@code when}; goes on otherwise. */
    public void branch(Code code, boolean when, Label target) {
        emit(code);
        code.jump(when ? Opcodes.IFNE : Opcodes.IFEQ, target);
    }

    /** The integer that it always is, or null. */
    public @Nullable Long constant() {
        return null;
    }

    /** Writes a {@code bool} by way of {@link #branch}. */
    final void emitByBranch(Code code) {
        Label isTrue = new Label();
        Label end = new Label();
        branch(code, true, isTrue);
        code.op(Opcodes.ICONST_0);
        code.jump(Opcodes.GOTO, end);
        code.mark(isTrue);
        code.op(Opcodes.ICONST_1);
        code.mark(end);
    }
}
