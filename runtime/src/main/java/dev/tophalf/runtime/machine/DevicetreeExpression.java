package dev.tophalf.runtime.machine;

import com.google.common.collect.ImmutableList;
import dev.tophalf.runtime.machine.DevicetreeLexer.Mode;
import dev.tophalf.runtime.machine.DevicetreeToken.Kind;

/**
 * Evaluates the integer expressions of cells: those of C, in unsigned 64-bit arithmetic as in dtc.
 *
 * <p>Precedence climbing: an operand is followed by operators of the level in question, each with a right side that
 * binds tighter. Both sides of {@code &&}, {@code ||} and {@code ?:} are evaluated, as in dtc.
 */
final class DevicetreeExpression {
    private static final int MAX_DEPTH = 64;

    /** The binary operators, those that bind least first. */
    private static final ImmutableList<ImmutableList<String>> LEVELS = ImmutableList.of(
            ImmutableList.of("||"),
            ImmutableList.of("&&"),
            ImmutableList.of("|"),
            ImmutableList.of("^"),
            ImmutableList.of("&"),
            ImmutableList.of("==", "!="),
            ImmutableList.of("<", ">", "<=", ">="),
            ImmutableList.of("<<", ">>"),
            ImmutableList.of("+", "-"),
            ImmutableList.of("*", "/", "%"));

    private final DevicetreeLexer lexer;
    private int depth;

    DevicetreeExpression(DevicetreeLexer lexer) {
        this.lexer = lexer;
    }

    /** Reads a literal or an expression in parentheses. */
    long operand(String expected) {
        DevicetreeToken token = lexer.next(Mode.VALUE);
        if (token.kind() == Kind.NUMBER) {
            return token.value();
        }
        if (!token.isSymbol("(")) {
            throw token.notExpected(expected);
        }
        enter(token);
        long value = conditional();
        DevicetreeToken close = lexer.next(Mode.VALUE);
        if (!close.isSymbol(")")) {
            throw close.notExpected("an operator or ')'");
        }
        depth--;
        return value;
    }

    private void enter(DevicetreeToken token) {
        if (++depth > MAX_DEPTH) {
            throw new DevicetreeException(
                    token.position(), "expected at most " + MAX_DEPTH + " operators inside each other, found one more");
        }
    }

    private long conditional() {
        long condition = binary(0);
        if (!lexer.peek(Mode.VALUE).isSymbol("?")) {
            return condition;
        }
        enter(lexer.next(Mode.VALUE));
        long whenTrue = conditional();
        DevicetreeToken colon = lexer.next(Mode.VALUE);
        if (!colon.isSymbol(":")) {
            throw colon.notExpected("':' of '?:'");
        }
        long whenFalse = conditional();
        depth--;
        return condition != 0 ? whenTrue : whenFalse;
    }

    private long binary(int level) {
        if (level == LEVELS.size()) {
            return unary();
        }
        long left = binary(level + 1);
        while (lexer.peek(Mode.VALUE).isOneOf(LEVELS.get(level))) {
            DevicetreeToken operator = lexer.next(Mode.VALUE);
            left = apply(operator, left, binary(level + 1));
        }
        return left;
    }

    private long unary() {
        if (!lexer.peek(Mode.VALUE).isOneOf(ImmutableList.of("-", "~", "!"))) {
            return operand("a number or '('");
        }
        DevicetreeToken operator = lexer.next(Mode.VALUE);
        enter(operator);
        long value = unary();
        depth--;
        return switch (operator.text()) {
            case "-" -> -value;
            case "~" -> ~value;
            default -> truth(value == 0);
        };
    }

    private static long apply(DevicetreeToken operator, long left, long right) {
        return switch (operator.text()) {
            case "||" -> truth(left != 0 || right != 0);
            case "&&" -> truth(left != 0 && right != 0);
            case "|" -> left | right;
            case "^" -> left ^ right;
            case "&" -> left & right;
            case "==" -> truth(left == right);
            case "!=" -> truth(left != right);
            case "<" -> truth(Long.compareUnsigned(left, right) < 0);
            case ">" -> truth(Long.compareUnsigned(left, right) > 0);
            case "<=" -> truth(Long.compareUnsigned(left, right) <= 0);
            case ">=" -> truth(Long.compareUnsigned(left, right) >= 0);
            case "<<" -> Long.compareUnsigned(right, Long.SIZE) < 0 ? left << right : 0;
            case ">>" -> Long.compareUnsigned(right, Long.SIZE) < 0 ? left >>> right : 0;
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "/" -> Long.divideUnsigned(left, divisor(operator, right));
            case "%" -> Long.remainderUnsigned(left, divisor(operator, right));
            default -> throw new IllegalStateException("no operator " + operator);
        };
    }

    private static long divisor(DevicetreeToken operator, long value) {
        if (value == 0) {
            throw new DevicetreeException(
                    operator.position(), "expected a divisor other than 0 after '" + operator.text() + "', found 0");
        }
        return value;
    }

    private static long truth(boolean isTrue) {
        return isTrue ? 1 : 0;
    }
}
