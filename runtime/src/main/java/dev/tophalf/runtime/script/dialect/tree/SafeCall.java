package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.Type;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** {@code p?.b}: null where {@code p} is null. */
public final class SafeCall extends Value {
    private final Temporary receiver;
    private final Value access;

    /** @param access what is read or called, on {@code receiver.again()}; a reference */
    public SafeCall(Type type, Temporary receiver, Value access) {
        super(type);
        this.receiver = receiver;
        this.access = access;
    }

    @Override
    public void emit(Code code) {
        Label isNull = new Label();
        Label end = new Label();
        receiver.emit(code);
        code.jump(Opcodes.IFNULL, isNull);
        access.emit(code);
        code.jump(Opcodes.GOTO, end);
        code.mark(isNull);
        if (!type().isVoid()) {
            code.op(Opcodes.ACONST_NULL);
        }
        code.mark(end);
    }
}
