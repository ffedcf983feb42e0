package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.Type;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** {@code a ? b : c}. */
public final class Choice extends Value {
    private final Value condition;
    private final Value ifTrue;
    private final Value ifFalse;

    /** The condition is a {@code bool}, both others are of type {@code type}. */
    public Choice(Type type, Value condition, Value ifTrue, Value ifFalse) {
        super(type);
        this.condition = condition;
        this.ifTrue = ifTrue;
        this.ifFalse = ifFalse;
    }

    @Override
    public void emit(Code code) {
        Label otherwise = new Label();
        Label end = new Label();
        condition.branch(code, false, otherwise);
        ifTrue.emit(code);
        code.jump(Opcodes.GOTO, end);
        code.mark(otherwise);
        ifFalse.emit(code);
        code.mark(end);
    }
}
