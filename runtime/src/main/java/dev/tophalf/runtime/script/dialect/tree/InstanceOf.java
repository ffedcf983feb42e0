package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.Type;
import org.objectweb.asm.Opcodes;

/** {@code p instanceof button}. */
public final class InstanceOf extends Value {
    private final Value value;
    private final Type struct;

    public InstanceOf(Value value, Type struct) {
        super(IntegerType.BOOL);
        this.value = value;
        this.struct = struct;
    }

    @Override
    public void emit(Code code) {
        value.emit(code);
        code.out().visitTypeInsn(Opcodes.INSTANCEOF, Code.internalName(struct.descriptor()));
    }
}
