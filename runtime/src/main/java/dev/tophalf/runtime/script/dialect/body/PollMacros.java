package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.contract.PollMacro;
import dev.tophalf.runtime.script.dialect.names.KernelNames;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.BooleanExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.syntax.Token;
import org.codehaus.groovy.syntax.Types;
import org.jspecify.annotations.Nullable;

/** Arguments that a macro evaluates again and again: they become blocks of code. */
final class PollMacros {
    private final Body body;

    PollMacros(Body body) {
        this.body = body;
    }

    /** An expression as a block that tells whether it is true. */
    static Expression block(Expression condition) {
        return condition instanceof ClosureExpression ? condition : block(List.of(), condition);
    }

    private static Expression block(List<Statement> first, Expression condition) {
        List<Statement> statements = new ArrayList<>(first);
        statements.add(new ExpressionStatement(at(condition, new BooleanExpression(condition))));
        return at(condition, new ClosureExpression(null, new BlockStatement(statements, null)));
    }

    private static Expression at(Expression written, Expression made) {
        made.setSourcePosition(written);
        return made;
    }

    /** What a call passes: for a macro that reads and tests, what its method takes; null, and a report, if it is wrong. */
    @Nullable
    List<Expression> expand(String name, List<Expression> arguments, Expression at) {
        KernelNames kernel = body.unit().kernel();
        PollMacro macro = kernel.pollMacro(name);
        if (macro == null || !body.unit().functions(name).equals(kernel.functions(name))) {
            return arguments;
        }
        List<String> names = List.of(macro.value());
        boolean more = names.contains("args");
        int least = more ? names.size() - 1 : names.size();
        if (arguments.size() < least || (arguments.size() > least && !more)) {
            String word = arguments.size() < least ? "few" : "many";
            String taken = String.join(", ", names) + (more ? "..." : "");
            body.unit().report(at, "too " + word + " arguments to macro '" + name + "': it takes (" + taken + ")");
            return null;
        }
        Expression function =
                macro.op().isEmpty() ? arguments.get(names.indexOf("op")) : at(at, new ConstantExpression(macro.op()));
        String op = Places.bareWord(function);
        if (op == null) {
            body.unit().report(function, name + "() takes the name of the function that reads");
            return null;
        }
        return expand(names, op, arguments, at);
    }

    private static List<Expression> expand(List<String> names, String op, List<Expression> arguments, Expression at) {
        List<Expression> read = new ArrayList<>();
        List<Expression> rest = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            switch (names.get(Math.min(i, names.size() - 1))) {
                case "val", "cond", "op" -> {}
                case "addr", "args" -> read.add(arguments.get(i));
                default -> rest.add(arguments.get(i));
            }
        }
        Expression val = arguments.get(names.indexOf("val"));
        Expression cond = arguments.get(names.indexOf("cond"));
        Expression call = new MethodCallExpression(
                VariableExpression.THIS_EXPRESSION,
                at(at, new ConstantExpression(op)),
                new ArgumentListExpression(read));
        Token assign = Token.newSymbol(Types.ASSIGN, at.getLineNumber(), at.getColumnNumber());
        Expression store = at(val, new BinaryExpression(val, assign, at(at, call)));
        rest.add(0, block(List.of(new ExpressionStatement(store)), cond));
        return rest;
    }
}
