package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.ClassType;
import dev.tophalf.runtime.script.dialect.type.SpecialType;

/** The call of the superclass's constructor, with which every constructor begins. */
public final class ConstructorCall extends Value {
    private final ClassType superclass;
    private final Value self;

    public ConstructorCall(ClassType superclass, Value self) {
        super(SpecialType.VOID);
        this.superclass = superclass;
        this.self = self;
    }

    @Override
    public void emit(Code code) {
        self.emit(code);
        code.invokeSpecial(superclass.info().internalName(), "<init>", "()V");
    }
}
