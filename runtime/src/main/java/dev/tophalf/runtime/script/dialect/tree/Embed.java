package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.ClassType;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/** The storage of an embedded struct: a new one that knows its container and its name there. */
public final class Embed extends Value {
    private static final String EMBEDDED_STRUCT = "dev/tophalf/runtime/memory/EmbeddedStruct";

    private final String name;
    private final @Nullable Value container;

    /** @param container the struct that it is a member of, or null for a variable */
    public Embed(ClassType type, String name, @Nullable Value container) {
        super(type);
        this.name = name;
        this.container = container;
    }

    @Override
    public void emit(Code code) {
        String struct = Code.internalName(type().descriptor());
        code.out().visitTypeInsn(Opcodes.NEW, struct);
        code.op(Opcodes.DUP);
        code.invokeSpecial(struct, "<init>", "()V");
        if (container == null) {
            code.op(Opcodes.ACONST_NULL);
        } else {
            container.emit(code);
        }
        code.out().visitLdcInsn(name);
        String base = "L" + EMBEDDED_STRUCT + ";";
        code.invokeStatic(EMBEDDED_STRUCT, "embed", "(" + base + "Ljava/lang/Object;Ljava/lang/String;)" + base);
        code.checkCast(type().descriptor());
    }
}
