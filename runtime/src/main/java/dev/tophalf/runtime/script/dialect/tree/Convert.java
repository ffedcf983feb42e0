package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.ClassType;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.Type;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/** A value as one of another type: wrapped to another width, boxed, unboxed, or checked to be that struct. */
public final class Convert extends Value {
    private final Value value;

    private Convert(Type type, Value value) {
        super(type);
        this.value = value;
    }

    /** {@code value} as a {@code type}; itself if it is one already. The checker has said that this makes sense. */
    public static Value to(Type type, Value value) {
        Long constant = value.constant();
        if (constant != null && type instanceof IntegerType integer) {
            return Constant.integer(integer, constant);
        }
        if (value.type().equals(type)) {
            return value;
        }
        return new Convert(type, value);
    }

    @Override
    public void emit(Code code) {
        value.emit(code);
        if (value.type() instanceof IntegerType from) {
            if (type() instanceof IntegerType to) {
                convert(code, from, to);
            } else {
                box(code, from);
            }
        } else if (type() instanceof IntegerType to) {
            unbox(code, to);
        } else if (!value.type().descriptor().equals(type().descriptor())) {
            cast(code);
        }
    }

    private void box(Code code, IntegerType from) {
        IntegerType boxed = boxed(type());
        if (boxed != null) {
            convert(code, from, boxed);
            code.box(boxed);
        } else {
            code.box(from);
        }
    }

    private static @Nullable IntegerType boxed(Type type) {
        return type instanceof ClassType box ? IntegerType.unboxed(box.info().internalName()) : null;
    }

    private void unbox(Code code, IntegerType to) {
        IntegerType held = boxed(value.type());
        if (held == null) {
            code.checkCast("Ljava/lang/Number;");
            code.invokeVirtual("java/lang/Number", "longValue", "()J");
            convert(code, IntegerType.S64, to);
            return;
        }
        String box = Code.internalName(value.type().descriptor());
        String primitive = held.storage();
        String method = switch (primitive) {
            case "Z" -> "booleanValue";
            case "B" -> "byteValue";
            case "S" -> "shortValue";
            case "C" -> "charValue";
            case "I" -> "intValue";
            default -> "longValue";
        };
        code.invokeVirtual(box, method, "()" + primitive);
        convert(code, held, to);
    }

    private void cast(Code code) {
        boolean known = value.type() instanceof ClassType from
                && type() instanceof ClassType to
                && from.info().isA(to.info());
        if (!known) {
            code.checkCast(type().descriptor());
        }
    }

    /** Converts the integer on the stack. */
    static void convert(Code code, IntegerType from, IntegerType to) {
        if (from == to) {
            return;
        }
        if (to == IntegerType.BOOL) {
            Truth.ofStack(code, from);
            return;
        }
        if (to.isWide()) {
            widen(code, from, to);
        } else {
            narrow(code, from, to);
        }
    }

    private static void widen(Code code, IntegerType from, IntegerType to) {
        if (!from.isWide()) {
            code.op(Opcodes.I2L);
        }
        if (to == IntegerType.U32 && !to.holds(from)) {
            wrap(code, to);
        }
    }

    private static void narrow(Code code, IntegerType from, IntegerType to) {
        if (from.isWide()) {
            code.op(Opcodes.L2I);
        }
        if (from.isWide() || !to.holds(from)) {
            wrap(code, to);
        }
    }

    /** Brings the value on the stack, in the carrier of {@code type}, into its range. */
    static void wrap(Code code, IntegerType type) {
        switch (type) {
            case S8 -> code.op(Opcodes.I2B);
            case U8 -> {
                code.constant(0xff);
                code.op(Opcodes.IAND);
            }
            case S16 -> code.op(Opcodes.I2S);
            case U16 -> code.op(Opcodes.I2C);
            case U32 -> {
                code.constant(0xffff_ffffL);
                code.op(Opcodes.LAND);
            }
            default -> {
                // The carrier is exactly as wide as the type.
            }
        }
    }
}
