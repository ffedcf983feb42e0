package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.contract.LvalueMacro.Access;
import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.SpecialType;
import dev.tophalf.runtime.script.dialect.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * {@code READ_ONCE(p)} and its kin: the macro's method, right after it the access that it announces, and right after that
 * the call that shows the kernel what was accessed, if the macro has one.
 */
public final class MarkedAccess extends Value {
    private final Access access;
    private final Value marker;
    private final Place place;
    private final List<Value> operands;
    private final @Nullable Callable companion;

    /** An access that nobody is shown. */
    public MarkedAccess(Access access, Value marker, Place place, List<Value> operands) {
        this(access, marker, place, operands, null);
    }

    /**
     * @param access a read, a write or one of the exchanges that yield what was there
     * @param marker calls the macro's method, which returns nothing
     * @param operands of the place's type: none for a read, the new value, or the expected and the new one
     * @param companion the function that is shown what is loaded, or stored by a write; null for none
     */
    public MarkedAccess(Access access, Value marker, Place place, List<Value> operands, @Nullable Callable companion) {
        super(access == Access.WRITE ? SpecialType.VOID : place.type());
        this.access = access;
        this.marker = marker;
        this.place = place;
        this.operands = List.copyOf(operands);
        this.companion = companion;
    }

    @Override
    public void emit(Code code) {
        place.emitAddress(code);
        switch (access) {
            case READ -> {
                marker.emit(code);
                place.load(code);
                if (companion != null) {
                    Local loaded = code.allocate(place.type());
                    code.store(loaded);
                    leave(code, loaded);
                }
            }
            case WRITE -> write(code);
            case EXCHANGE -> exchange(code);
            case COMPARE_EXCHANGE -> compareAndExchange(code);
            default -> throw new IllegalArgumentException(access + " is made of other accesses, or of none");
        }
    }

    private void write(Code code) {
        operands.get(0).emit(code);
        if (companion == null) {
            marker.emit(code);
            place.store(code);
            return;
        }
        Local value = code.allocate(place.type());
        code.store(value);
        marker.emit(code);
        code.load(value);
        place.store(code);
        show(code, companion, value);
    }

    private static void show(Code code, Callable companion, Local value) {
        code.load(value);
        if (value.type() instanceof IntegerType integer) {
            code.box(integer);
        }
        code.invoke(companion);
    }

    private void exchange(Code code) {
        Local value = keep(code, operands.get(0));
        marker.emit(code);
        Local old = loadOld(code);
        code.load(value);
        place.store(code);
        leave(code, old);
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
        leave(code, old);
    }

    private void leave(Code code, Local loaded) {
        if (companion != null) {
            show(code, companion, loaded);
        }
        code.load(loaded);
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
