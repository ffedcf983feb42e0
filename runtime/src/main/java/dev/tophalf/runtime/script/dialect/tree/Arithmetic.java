package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.IntegerType;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/** An arithmetic operator of C on two integers. */
public final class Arithmetic extends Value {
    /** The operators. */
    public enum Operator {
        PLUS("+", Opcodes.IADD),
        MINUS("-", Opcodes.ISUB),
        TIMES("*", Opcodes.IMUL),
        DIVIDE("/", Opcodes.IDIV),
        REMAINDER("%", Opcodes.IREM),
        SHIFT_LEFT("<<", Opcodes.ISHL),
        SHIFT_RIGHT(">>", Opcodes.ISHR),
        AND("&", Opcodes.IAND),
        OR("|", Opcodes.IOR),
        XOR("^", Opcodes.IXOR);

        private final String symbol;
        private final int forInt;

        Operator(String symbol, int forInt) {
            this.symbol = symbol;
            this.forInt = forInt;
        }

        /** The operator spelled so, or null. */
        public static @Nullable Operator of(String symbol) {
            for (Operator operator : values()) {
                if (operator.symbol.equals(symbol)) {
                    return operator;
                }
            }
            return null;
        }

        public boolean isShift() {
            return this == SHIFT_LEFT || this == SHIFT_RIGHT;
        }

        public String symbol() {
            return symbol;
        }
    }

    private final Operator operator;
    private final Value left;
    private final Value right;

    private Arithmetic(IntegerType type, Operator operator, Value left, Value right) {
        super(type);
        this.operator = operator;
        this.left = left;
        this.right = right;
    }

    /** {@code left operator right}, both of an integer type. */
    public static Value of(Operator operator, Value left, Value right) {
        IntegerType type = resultType(operator, left, right);
        Value a = Convert.to(type, left);
        Value b = Convert.to(operator.isShift() ? IntegerType.S32 : type, right);
        Long x = a.constant();
        Long y = b.constant();
        Long folded = x == null || y == null ? null : fold(type, operator, x, y);
        return folded == null ? new Arithmetic(type, operator, a, b) : Constant.integer(type, folded);
    }

    /** The type in which C computes {@code left operator right}. */
    public static IntegerType resultType(Operator operator, Value left, Value right) {
        IntegerType leftType = (IntegerType) left.type();
        return operator.isShift() ? leftType.promoted() : IntegerType.common(leftType, (IntegerType) right.type());
    }

    /** Writes the operator alone: its operands are on the stack, in {@code type} or, for a shift, an {@code int}. */
    static void apply(Code code, IntegerType type, Operator operator) {
        if (type == IntegerType.U64 && operator == Operator.DIVIDE) {
            code.invokeStatic("java/lang/Long", "divideUnsigned", "(JJ)J");
        } else if (type == IntegerType.U64 && operator == Operator.REMAINDER) {
            code.invokeStatic("java/lang/Long", "remainderUnsigned", "(JJ)J");
        } else if (!type.isSigned() && operator == Operator.SHIFT_RIGHT) {
            code.op(Opcodes.LUSHR);
        } else {
            code.op(type.isWide() ? operator.forInt + 1 : operator.forInt);
        }
        if (type == IntegerType.U32 && mayOverflow(operator)) {
            Convert.wrap(code, type);
        }
    }

    private static boolean mayOverflow(Operator operator) {
        return switch (operator) {
            case PLUS, MINUS, TIMES, SHIFT_LEFT -> true;
            default -> false;
        };
    }

    private static @Nullable Long fold(IntegerType type, Operator operator, long x, long y) {
        boolean divides = operator == Operator.DIVIDE || operator == Operator.REMAINDER;
        if (divides && y == 0) {
            return null;
        }
        int distance = (int) y & (type.isWide() ? 63 : 31);
        return switch (operator) {
            case PLUS -> x + y;
            case MINUS -> x - y;
            case TIMES -> x * y;
            case DIVIDE -> type == IntegerType.U64 ? Long.divideUnsigned(x, y) : x / y;
            case REMAINDER -> type == IntegerType.U64 ? Long.remainderUnsigned(x, y) : x % y;
            case SHIFT_LEFT -> x << distance;
            case SHIFT_RIGHT -> type.isSigned() ? x >> distance : x >>> distance;
            case AND -> x & y;
            case OR -> x | y;
            case XOR -> x ^ y;
        };
    }

    @Override
    public void emit(Code code) {
        left.emit(code);
        right.emit(code);
        apply(code, (IntegerType) type(), operator);
    }
}
