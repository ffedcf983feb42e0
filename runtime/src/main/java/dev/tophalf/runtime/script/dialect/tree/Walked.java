package dev.tophalf.runtime.script.dialect.tree;

/** What a library function walks through by itself. Woven code counts here what that costs. */
public final class Walked extends Value {
    private final Value elements;

    public Walked(Value elements) {
        super(elements.type());
        this.elements = elements;
    }

    @Override
    public void emit(Code code) {
        elements.emit(code);
        code.invokeStatic(
                "dev/tophalf/runtime/script/library/Library", "walked", "(Ljava/lang/Object;)Ljava/lang/Object;");
        code.checkCast(type().descriptor());
    }
}
