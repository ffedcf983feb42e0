package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.ClassType;
import java.util.List;
import org.objectweb.asm.Opcodes;

/** {@code [a, b]} as a list, or {@code [k: v]} as a map. */
public final class CollectionLiteral extends Value {
    private final String internalName;
    private final List<Value> values;
    private final boolean isMap;

    private CollectionLiteral(ClassType type, String internalName, List<Value> values, boolean isMap) {
        super(type);
        this.internalName = internalName;
        this.values = List.copyOf(values);
        this.isMap = isMap;
    }

    /** A list of those elements, which are references. */
    public static CollectionLiteral list(ClassType type, List<Value> elements) {
        return new CollectionLiteral(type, "java/util/ArrayList", elements, false);
    }

    /** A map; keys and values, which are references, take turns. */
    public static CollectionLiteral map(ClassType type, List<Value> keysAndValues) {
        return new CollectionLiteral(type, "java/util/LinkedHashMap", keysAndValues, true);
    }

    @Override
    public void emit(Code code) {
        code.out().visitTypeInsn(Opcodes.NEW, internalName);
        code.op(Opcodes.DUP);
        code.invokeSpecial(internalName, "<init>", "()V");
        for (int i = 0; i < values.size(); i += isMap ? 2 : 1) {
            code.op(Opcodes.DUP);
            values.get(i).emit(code);
            if (isMap) {
                values.get(i + 1).emit(code);
                code.invokeVirtual(internalName, "put", "(Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;");
            } else {
                code.invokeVirtual(internalName, "add", "(Ljava/lang/Object;)Z");
            }
            code.op(Opcodes.POP);
        }
    }
}
