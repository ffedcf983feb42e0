package dev.tophalf.runtime.script.dialect.tree;

import java.util.List;
import org.objectweb.asm.Opcodes;

/** The start of a function: parameters that its blocks share move from where they were passed. */
public final class ShareParameters extends Step {
    private final List<Local> parameters;

    public ShareParameters(List<Local> parameters) {
        this.parameters = List.copyOf(parameters);
    }

    @Override
    public void emit(Code code) {
        for (Local parameter : parameters) {
            if (parameter.isShared()) {
                code.out().visitVarInsn(Code.opcode(parameter.type().descriptor(), Opcodes.ILOAD), parameter.slot());
                code.place(parameter);
                code.define(parameter);
            }
        }
    }
}
