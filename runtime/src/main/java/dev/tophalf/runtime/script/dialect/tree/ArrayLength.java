package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.IntegerType;
import org.objectweb.asm.Opcodes;

/** How many elements an array has. */
public final class ArrayLength extends Value {
    private final Value array;

    public ArrayLength(Value array) {
        super(IntegerType.S32);
        this.array = array;
    }

    @Override
    public void emit(Code code) {
        array.emit(code);
        code.op(Opcodes.ARRAYLENGTH);
    }
}
