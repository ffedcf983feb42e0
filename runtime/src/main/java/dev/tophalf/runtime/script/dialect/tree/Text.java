package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.Type;
import java.util.List;
import org.objectweb.asm.Opcodes;

/** A string that is put together: {@code "irq $irq"}, or {@code 'irq ' + irq}. */
public final class Text extends Value {
    private static final String BUILDER = "java/lang/StringBuilder";

    private final List<Value> parts;

    public Text(Type string, List<Value> parts) {
        super(string);
        this.parts = List.copyOf(parts);
    }

    @Override
    public void emit(Code code) {
        code.out().visitTypeInsn(Opcodes.NEW, BUILDER);
        code.op(Opcodes.DUP);
        code.invokeSpecial(BUILDER, "<init>", "()V");
        for (Value part : parts) {
            part.emit(code);
            append(code, part.type());
        }
        code.invokeVirtual(BUILDER, "toString", "()Ljava/lang/String;");
    }

    private static void append(Code code, Type type) {
        String argument;
        if (type == IntegerType.U64) {
            code.invokeStatic("java/lang/Long", "toUnsignedString", "(J)Ljava/lang/String;");
            argument = "Ljava/lang/String;";
        } else if (type instanceof IntegerType integer) {
            argument = integer.descriptor();
        } else {
            argument = type.descriptor().equals("Ljava/lang/String;") ? type.descriptor() : "Ljava/lang/Object;";
        }
        code.invokeVirtual(BUILDER, "append", "(" + argument + ")L" + BUILDER + ";");
    }
}
