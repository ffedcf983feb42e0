package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.script.dialect.tree.Value;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.TernaryExpression;
import org.jspecify.annotations.Nullable;

/**
 * An argument of a call.
 *
 * @param value null while its parameter decides what the expression means
 */
record Argument(Expression expression, @Nullable Value value) {
    /** Whether an expression means nothing until it is known what is wanted. */
    static boolean isPending(Expression expression) {
        return expression instanceof ClosureExpression
                || expression instanceof MapExpression
                || expression instanceof ListExpression
                || (expression instanceof TernaryExpression ternary
                        && (isPending(ternary.getTrueExpression()) || isPending(ternary.getFalseExpression())));
    }

    boolean isUnknown() {
        return value != null && value.type().isUnknown();
    }

    /** What it is, for messages. */
    String words() {
        if (value == null) {
            return expression instanceof ClosureExpression ? "{ ... }" : "[ ... ]";
        }
        return value instanceof FunctionName function
                ? function.name()
                : value.type().words();
    }
}
