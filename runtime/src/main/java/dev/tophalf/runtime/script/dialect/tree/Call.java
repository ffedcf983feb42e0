package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.ClassInfo;
import dev.tophalf.runtime.script.dialect.type.ClassType;
import dev.tophalf.runtime.script.dialect.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call, bound to the one function that it calls. */
public final class Call extends Value {
    private final Callable target;
    private final @Nullable Value receiver;
    private final List<Value> arguments;
    private final int line;

    /**
     * @param type what it returns here, where type parameters are known
     * @param receiver what a method is called on; null for a function
     * @param arguments one for each parameter, converted to its type
     */
    public Call(Type type, Callable target, @Nullable Value receiver, List<Value> arguments, int line) {
        super(type);
        this.target = target;
        this.receiver = receiver;
        this.arguments = List.copyOf(arguments);
        this.line = line;
    }

    @Override
    public void emit(Code code) {
        emitCall(code);
        if (!type().descriptor().equals(target.storage()) && type().isReference()) {
            code.checkCast(type().descriptor());
        }
    }

    @Override
    public void emitAndDrop(Code code) {
        emitCall(code);
        code.drop(type());
    }

    /** The class to call it in: that of the receiver, as the one that declares it may be none that drivers see. */
    private ClassInfo receiverClass(Value receiver) {
        boolean hosts = target.owner().internalName().startsWith("java/");
        return hosts && receiver.type() instanceof ClassType type ? type.info() : target.owner();
    }

    private void emitCall(Code code) {
        if (receiver != null) {
            receiver.emit(code);
        }
        arguments.forEach(argument -> argument.emit(code));
        code.line(line);
        code.invoke(target, receiver == null ? target.owner() : receiverClass(receiver));
    }
}
