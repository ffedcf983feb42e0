package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.contract.LvalueMacro.Access;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.SpecialType;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** {@code set_bit(nr, p)} and its kin: the macro's method, and right after it the access, if there is such a bit. */
public final class BitAccess extends Value {
    private final Access access;
    private final Value marker;
    private final Value exists;
    private final Place word;
    private final Value number;

    /**
     * @param marker calls the macro's method, which returns nothing
     * @param exists a {@code bool}: whether there is such a bit
     * @param word the integer of 64 bits that has the bit
     * @param number the bit's number, a {@code long}, of which the lowest six bits say where in the word it is
     */
    public BitAccess(Access access, Value marker, Value exists, Place word, Value number) {
        super(access.name().startsWith("TEST") ? IntegerType.BOOL : SpecialType.VOID);
        this.access = access;
        this.marker = marker;
        this.exists = exists;
        this.word = word;
        this.number = number;
    }

    @Override
    public void emit(Code code) {
        Label absent = new Label();
        Label end = new Label();
        word.emitAddress(code);
        marker.emit(code);
        exists.branch(code, false, absent);
        if (access == Access.TEST_BIT) {
            word.load(code);
        } else {
            change(code);
        }
        if (!type().isVoid()) {
            emitMask(code);
            code.op(Opcodes.LAND);
            code.op(Opcodes.LCONST_0);
            code.op(Opcodes.LCMP);
            code.op(Opcodes.ICONST_1);
            code.op(Opcodes.IAND); // -1 or 1 for a bit that is set: 1
        }
        code.jump(Opcodes.GOTO, end);
        code.mark(absent);
        word.dropAddress(code);
        if (!type().isVoid()) {
            code.op(Opcodes.ICONST_0);
        }
        code.mark(end);
    }

    /** Stores the changed word, and leaves the one before if the bit before is asked for. */
    private void change(Code code) {
        Local before = code.allocate(word.type());
        word.duplicateAddress(code);
        word.load(code);
        code.store(before);
        code.load(before);
        emitMask(code);
        switch (access) {
            case SET_BIT, TEST_AND_SET_BIT -> code.op(Opcodes.LOR);
            case CHANGE_BIT, TEST_AND_CHANGE_BIT -> code.op(Opcodes.LXOR);
            default -> {
                code.constant(-1L);
                code.op(Opcodes.LXOR);
                code.op(Opcodes.LAND);
            }
        }
        word.store(code);
        if (!type().isVoid()) {
            code.load(before);
        }
    }

    /** The word that has that one bit: a shift looks at the lowest six bits of what it shifts by. */
    private void emitMask(Code code) {
        code.op(Opcodes.LCONST_1);
        number.emit(code);
        code.op(Opcodes.L2I);
        code.op(Opcodes.LSHL);
    }
}
