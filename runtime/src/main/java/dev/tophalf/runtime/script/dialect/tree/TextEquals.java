package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.IntegerType;

/** Whether two strings, or a string and null, have the same characters. */
public final class TextEquals extends Value {
    private final Value left;
    private final Value right;

    public TextEquals(Value left, Value right) {
        super(IntegerType.BOOL);
        this.left = left;
        this.right = right;
    }

    @Override
    public void emit(Code code) {
        left.emit(code);
        right.emit(code);
        code.invokeStatic("java/util/Objects", "equals", "(Ljava/lang/Object;Ljava/lang/Object;)Z");
    }
}
