package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.ClassType;
import java.util.List;
import org.objectweb.asm.Opcodes;

/** {@code new T(a, b)}. */
public final class NewObject extends Value {
    private final Callable constructor;
    private final List<Value> arguments;
    private final int line;

    public NewObject(ClassType type, Callable constructor, List<Value> arguments, int line) {
        super(type);
        this.constructor = constructor;
        this.arguments = List.copyOf(arguments);
        this.line = line;
    }

    @Override
    public void emit(Code code) {
        String name = Code.internalName(type().descriptor());
        code.out().visitTypeInsn(Opcodes.NEW, name);
        code.op(Opcodes.DUP);
        arguments.forEach(argument -> argument.emit(code));
        code.line(line);
        code.invokeSpecial(name, "<init>", constructor.descriptor());
    }
}
