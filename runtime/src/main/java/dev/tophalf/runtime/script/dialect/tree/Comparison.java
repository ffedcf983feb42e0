package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.SpecialType;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** A comparison of two integers, or of two pointers for being the same. */
public final class Comparison extends Value {
    /** The operators. */
    public enum Operator {
        EQUAL("==", Opcodes.IFEQ, Opcodes.IF_ICMPEQ),
        NOT_EQUAL("!=", Opcodes.IFNE, Opcodes.IF_ICMPNE),
        LESS("<", Opcodes.IFLT, Opcodes.IF_ICMPLT),
        LESS_EQUAL("<=", Opcodes.IFLE, Opcodes.IF_ICMPLE),
        GREATER(">", Opcodes.IFGT, Opcodes.IF_ICMPGT),
        GREATER_EQUAL(">=", Opcodes.IFGE, Opcodes.IF_ICMPGE);

        private final String symbol;
        private final int withZero;
        private final int ofInts;

        Operator(String symbol, int withZero, int ofInts) {
            this.symbol = symbol;
            this.withZero = withZero;
            this.ofInts = ofInts;
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

        public boolean isEquality() {
            return this == EQUAL || this == NOT_EQUAL;
        }

        private Operator opposite() {
            return switch (this) {
                case EQUAL -> NOT_EQUAL;
                case NOT_EQUAL -> EQUAL;
                case LESS -> GREATER_EQUAL;
                case LESS_EQUAL -> GREATER;
                case GREATER -> LESS_EQUAL;
                case GREATER_EQUAL -> LESS;
            };
        }

        private boolean holds(int sign) {
            return switch (this) {
                case EQUAL -> sign == 0;
                case NOT_EQUAL -> sign != 0;
                case LESS -> sign < 0;
                case LESS_EQUAL -> sign <= 0;
                case GREATER -> sign > 0;
                case GREATER_EQUAL -> sign >= 0;
            };
        }
    }

    private final Operator operator;
    private final Value left;
    private final Value right;

    private Comparison(Operator operator, Value left, Value right) {
        super(IntegerType.BOOL);
        this.operator = operator;
        this.left = left;
        this.right = right;
    }

    /** Compares two integers as C does: in the type that both are converted to. */
    public static Value ofIntegers(Operator operator, Value left, Value right) {
        IntegerType type = IntegerType.common((IntegerType) left.type(), (IntegerType) right.type());
        Value a = Convert.to(type, left);
        Value b = Convert.to(type, right);
        Long x = a.constant();
        Long y = b.constant();
        if (x != null && y != null) {
            int sign = type == IntegerType.U64 ? Long.compareUnsigned(x, y) : Long.compare(x, y);
            return Constant.integer(IntegerType.BOOL, operator.holds(sign) ? 1 : 0);
        }
        return new Comparison(operator, a, b);
    }

    /** Compares two references for being the same object. */
    public static Value ofPointers(Operator operator, Value left, Value right) {
        return new Comparison(operator, left, right);
    }

    @Override
    public void emit(Code code) {
        emitByBranch(code);
    }

    @Override
    public void branch(Code code, boolean when, Label target) {
        Operator asked = when ? operator : operator.opposite();
        if (left.type() instanceof IntegerType type) {
            left.emit(code);
            if (!type.isWide() && isZero(right)) {
                code.jump(asked.withZero, target);
                return;
            }
            right.emit(code);
            compareIntegers(code, type, asked, target);
        } else {
            comparePointers(code, asked, target);
        }
    }

    private static void compareIntegers(Code code, IntegerType type, Operator asked, Label target) {
        if (!type.isWide()) {
            code.jump(asked.ofInts, target);
            return;
        }
        if (type == IntegerType.U64 && !asked.isEquality()) {
            code.invokeStatic("java/lang/Long", "compareUnsigned", "(JJ)I");
        } else {
            code.op(Opcodes.LCMP);
        }
        code.jump(asked.withZero, target);
    }

    private void comparePointers(Code code, Operator asked, Label target) {
        boolean equal = asked == Operator.EQUAL;
        if (isNull(right)) {
            left.emit(code);
            code.jump(equal ? Opcodes.IFNULL : Opcodes.IFNONNULL, target);
        } else if (isNull(left)) {
            right.emit(code);
            code.jump(equal ? Opcodes.IFNULL : Opcodes.IFNONNULL, target);
        } else {
            left.emit(code);
            right.emit(code);
            code.jump(equal ? Opcodes.IF_ACMPEQ : Opcodes.IF_ACMPNE, target);
        }
    }

    private static boolean isZero(Value value) {
        Long constant = value.constant();
        return constant != null && constant == 0;
    }

    private static boolean isNull(Value value) {
        return value.type() == SpecialType.NULL;
    }
}
