package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.SpecialType;
import dev.tophalf.runtime.script.dialect.type.Type;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** {@code READ_ONCE(p)} and its kin: the macro's method, and right after it the access that it announces. */
public final class MarkedAccess extends Value {
    /** What is done to the place. */
    public enum Kind {
        READ,
        WRITE,
        EXCHANGE,
        COMPARE_EXCHANGE
    }

    private final Kind kind;
    private final Value marker;
    private final Place place;
    private final List<Value> operands;

    /**
     * @param marker calls the macro's method, which returns nothing
     * @param operands of the place's type: none for a read, the new value, or the expected and the new one
     */
    public MarkedAccess(Kind kind, Value marker, Place place, List<Value> operands) {
        super(kind == Kind.WRITE ? SpecialType.VOID : place.type());
        this.kind = kind;
        this.marker = marker;
        this.place = place;
        this.operands = List.copyOf(operands);
    }

    @Override
    public void emit(Code code) {
        place.emitAddress(code);
        switch (kind) {
            case READ -> {
                marker.emit(code);
                place.load(code);
            }
            case WRITE -> {
                operands.get(0).emit(code);
                marker.emit(code);
                place.store(code);
            }
            case EXCHANGE -> exchange(code);
            case COMPARE_EXCHANGE -> compareAndExchange(code);
        }
    }

    private void exchange(Code code) {
        Local value = keep(code, operands.get(0));
        marker.emit(code);
        Local old = loadOld(code);
        code.load(value);
        place.store(code);
        code.load(old);
    }

    private void compareAndExchange(Code code) {
        Local expected = keep(code, operands.get(0));
        Local value = keep(code, operands.get(1));
        marker.emit(code);
        Local old = loadOld(code);
        Label differs = new Label();
        Label end = new Label();
        code.load(old);
        code.load(expected);
        jumpIfDifferent(code, place.type(), differs);
        code.load(value);
        place.store(code);
        code.jump(Opcodes.GOTO, end);
        code.mark(differs);
        place.dropAddress(code);
        code.mark(end);
        code.load(old);
    }

    private static Local keep(Code code, Value value) {
        Local local = code.allocate(value.type());
        value.emit(code);
        code.store(local);
        return local;
    }

    private Local loadOld(Code code) {
        Local old = code.allocate(place.type());
        place.duplicateAddress(code);
        place.load(code);
        code.store(old);
        return old;
    }

    private static void jumpIfDifferent(Code code, Type type, Label target) {
        if (type.isReference()) {
            code.jump(Opcodes.IF_ACMPNE, target);
        } else if (type.slots() == 2) {
            code.op(Opcodes.LCMP);
            code.jump(Opcodes.IFNE, target);
        } else {
            code.jump(Opcodes.IF_ICMPNE, target);
        }
    }
}
