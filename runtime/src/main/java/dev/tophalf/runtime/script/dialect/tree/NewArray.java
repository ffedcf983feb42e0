package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.ArrayType;
import dev.tophalf.runtime.script.dialect.type.ClassType;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** {@code new T[n]}, or an array of given elements. */
public final class NewArray extends Value {
    private final Value length;
    private final List<Value> elements;

    private NewArray(ArrayType type, Value length, List<Value> elements) {
        super(type);
        this.length = length;
        this.elements = elements;
    }

    /** An array of {@code length} elements, an {@code int}. */
    public static NewArray ofLength(ArrayType type, Value length) {
        return new NewArray(type, length, List.of());
    }

    /** An array of those elements, each of the element type. */
    public static NewArray of(ArrayType type, List<Value> elements) {
        Value length = Constant.integer(IntegerType.S32, elements.size());
        return new NewArray(type, length, List.copyOf(elements));
    }

    @Override
    public void emit(Code code) {
        length.emit(code);
        String element = type().descriptor().substring(1);
        code.newArray(element);
        if (elements.isEmpty()
                && ((ArrayType) type()).element() instanceof ClassType struct
                && struct.info().isEmbedded()) {
            fill(code, struct);
        }
        int index = 0;
        for (Value value : elements) {
            code.op(Opcodes.DUP);
            code.constant(index++);
            value.emit(code);
            code.op(Code.opcode(element, Opcodes.IASTORE));
        }
    }

    /** Storage for a struct in each element. */
    private void fill(Code code, ClassType struct) {
        Local array = code.allocate(type());
        Local index = code.allocate(IntegerType.S32);
        Label next = new Label();
        Label end = new Label();
        code.store(array);
        code.op(Opcodes.ICONST_0);
        code.store(index);
        code.mark(next);
        code.load(index);
        code.load(array);
        code.op(Opcodes.ARRAYLENGTH);
        code.jump(Opcodes.IF_ICMPGE, end);
        code.load(array);
        code.load(index);
        new Embed(struct, "", null).emit(code);
        code.op(Opcodes.AASTORE);
        code.out().visitIincInsn(index.slot(), 1);
        code.jump(Opcodes.GOTO, next);
        code.mark(end);
        code.load(array);
    }
}
