package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.script.Deadline;
import dev.tophalf.runtime.script.dialect.names.TypeReader;
import dev.tophalf.runtime.script.dialect.tree.Block;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.Evaluate;
import dev.tophalf.runtime.script.dialect.tree.If;
import dev.tophalf.runtime.script.dialect.tree.Local;
import dev.tophalf.runtime.script.dialect.tree.Return;
import dev.tophalf.runtime.script.dialect.tree.Step;
import dev.tophalf.runtime.script.dialect.tree.Target;
import dev.tophalf.runtime.script.dialect.tree.Throw;
import dev.tophalf.runtime.script.dialect.tree.Try;
import dev.tophalf.runtime.script.dialect.tree.Value;
import dev.tophalf.runtime.script.dialect.type.ClassType;
import dev.tophalf.runtime.script.dialect.type.SpecialType;
import dev.tophalf.runtime.script.dialect.type.Type;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.AssertStatement;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.BreakStatement;
import org.codehaus.groovy.ast.stmt.CatchStatement;
import org.codehaus.groovy.ast.stmt.ContinueStatement;
import org.codehaus.groovy.ast.stmt.DoWhileStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.ast.stmt.IfStatement;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.ast.stmt.SwitchStatement;
import org.codehaus.groovy.ast.stmt.SynchronizedStatement;
import org.codehaus.groovy.ast.stmt.ThrowStatement;
import org.codehaus.groovy.ast.stmt.TryCatchStatement;
import org.codehaus.groovy.ast.stmt.WhileStatement;
import org.codehaus.groovy.syntax.Types;
import org.jspecify.annotations.Nullable;

/** Statements of a function's body. */
public final class Statements {
    private final Body body;
    private final Declarations declarations;
    private final Loops loops;

    public Statements(Body body) {
        this.body = body;
        this.declarations = new Declarations(body);
        this.loops = new Loops(body, this);
    }

    /**
     * The body of a function, whose parameters are declared.
     *
     * @param at the function
     * @param yieldsLast whether the last expression is what it returns, as in a block of code
     */
    public Block functionBody(@Nullable Statement code, ASTNode at, boolean yieldsLast) {
        List<Step> steps = new ArrayList<>();
        List<Statement> statements = new ArrayList<>(statements(code));
        Type result = body.context().result();
        Expression last = yieldsLast && (result == null || !result.isVoid()) ? lastExpression(statements) : null;
        if (last != null) {
            statements.remove(statements.size() - 1);
        }
        statements.forEach(statement -> steps.add(step(statement)));
        if (last != null) {
            steps.add(lastValue(last));
        }
        return end(steps, at);
    }

    private static List<Statement> statements(@Nullable Statement code) {
        if (code == null) {
            return List.of();
        }
        return code instanceof BlockStatement block ? block.getStatements() : List.of(code);
    }

    private static @Nullable Expression lastExpression(List<Statement> statements) {
        Statement last = statements.isEmpty() ? null : statements.get(statements.size() - 1);
        return last instanceof ExpressionStatement statement
                        && !(statement.getExpression() instanceof DeclarationExpression)
                ? statement.getExpression()
                : null;
    }

    /** What the last expression of a block of code returns. */
    private Step lastValue(Expression expression) {
        Type wanted = body.context().result();
        Value value = wanted == null
                ? body.expressions().value(expression)
                : body.expressions().value(expression, wanted);
        if (wanted == null && value.type().isVoid()) {
            return new Evaluate(value, expression.getLineNumber());
        }
        return returned(value, expression);
    }

    private Block end(List<Step> steps, ASTNode at) {
        Block whole = new Block(steps);
        if (!whole.completes()) {
            return whole;
        }
        Type result = body.context().result();
        if (result == null) {
            body.context().setResult(SpecialType.VOID);
        } else if (!result.isVoid() && !result.isUnknown()) {
            body.unit()
                    .report(
                            at,
                            body.context().words() + " reaches its end without a return; it returns " + result.words());
        }
        steps.add(new Return(null, at.getLastLineNumber()));
        return new Block(steps);
    }

    /** A statement as a step. */
    public Step step(Statement statement) {
        Deadline.check();
        body.unit().at(statement);
        if (statement instanceof ExpressionStatement expression) {
            return expression(expression.getExpression());
        }
        if (statement instanceof BlockStatement block) {
            return block(block);
        }
        if (statement instanceof IfStatement ifStatement) {
            return labelled(statement, ifStep(ifStatement));
        }
        if (statement instanceof ReturnStatement returnStatement) {
            return returnStep(returnStatement);
        }
        if (statement instanceof ForStatement loop) {
            return loops.forLoop(loop);
        }
        if (statement instanceof WhileStatement loop) {
            return loops.whileLoop(loop);
        }
        if (statement instanceof DoWhileStatement loop) {
            return loops.doLoop(loop);
        }
        if (statement instanceof SwitchStatement switchStatement) {
            return new Switches(body, this).step(switchStatement);
        }
        if (statement instanceof BreakStatement jump) {
            return jump(jump, jump.getLabel(), false);
        }
        if (statement instanceof ContinueStatement jump) {
            return jump(jump, jump.getLabel(), true);
        }
        return exceptionStep(statement);
    }

    private Step exceptionStep(Statement statement) {
        if (statement instanceof TryCatchStatement tryStatement) {
            return tryStep(tryStatement);
        }
        if (statement instanceof ThrowStatement throwStatement) {
            Expression expression = throwStatement.getExpression();
            Value exception = body.expressions().value(expression, throwable());
            return new Throw(exception, throwStatement.getLineNumber());
        }
        if (statement instanceof AssertStatement) {
            body.unit().report(statement, "no 'assert': write 'WARN_ON(!(...))' or 'BUG_ON(!(...))'");
        } else if (statement instanceof SynchronizedStatement) {
            body.unit().report(statement, "no 'synchronized': take a mutex or a spinlock");
        } else if (!statement.isEmpty()) {
            body.unit().report(statement, "this statement is not part of the driver language");
        }
        return new Block(List.of());
    }

    private ClassType throwable() {
        return body.unit().java(Throwable.class);
    }

    /** Statements with variables of their own. */
    Block scoped(Statement statement) {
        body.locals().open();
        List<Step> steps = new ArrayList<>();
        for (Statement each : statements(statement)) {
            steps.add(step(each));
        }
        body.locals().close();
        return new Block(steps);
    }

    /** The label of a statement, or null. */
    static @Nullable String label(Statement statement) {
        List<String> labels = statement.getStatementLabels();
        return labels == null || labels.isEmpty() ? null : labels.get(0);
    }

    private Step block(BlockStatement statement) {
        String label = label(statement);
        if (label == null) {
            return scoped(statement);
        }
        Target target = new Target(label, Target.Kind.BLOCK);
        body.context().targets().push(target);
        Block block = scoped(statement);
        body.context().targets().pop();
        return new Block(List.of(block), target);
    }

    private Step labelled(Statement statement, Step step) {
        if (label(statement) != null) {
            body.unit().report(statement, "a label stands before a block or a loop");
        }
        return step;
    }

    /** {@code if}, in whose branches a tested pointer is what it was tested for. */
    private Step ifStep(IfStatement statement) {
        Expression asked = statement.getBooleanExpression().getExpression();
        Value condition = body.expressions().condition(asked);
        body.locals().open();
        narrow(asked);
        Block then = scoped(statement.getIfBlock());
        body.locals().close();
        Statement otherwise = statement.getElseBlock();
        Block elseBlock = otherwise == null || otherwise.isEmpty() ? null : scopedOrIf(otherwise);
        return new If(condition, then, elseBlock, statement.getLineNumber());
    }

    private Block scopedOrIf(Statement statement) {
        return statement instanceof IfStatement ? new Block(List.of(step(statement))) : scoped(statement);
    }

    private void narrow(Expression condition) {
        if (!(condition instanceof BinaryExpression test)) {
            return;
        }
        if (test.getOperation().getText().equals("&&")) {
            narrow(test.getLeftExpression());
            narrow(test.getRightExpression());
            return;
        }
        boolean tells = test.getOperation().getType() == Types.KEYWORD_INSTANCEOF
                && test.getLeftExpression() instanceof VariableExpression
                && test.getRightExpression() instanceof ClassExpression;
        if (!tells) {
            return;
        }
        Local local = body.locals().find(((VariableExpression) test.getLeftExpression()).getName());
        Type struct = body.types().read(test.getRightExpression().getType(), test);
        if (local != null && struct instanceof ClassType) {
            body.locals().narrow(local, struct);
        }
    }

    private Step returnStep(ReturnStatement statement) {
        Expression expression = statement.getExpression();
        Type wanted = body.context().result();
        String function = body.context().words();
        if (isNothing(expression)) {
            if (wanted == null) {
                body.context().setResult(SpecialType.VOID);
            } else if (!wanted.isVoid()) {
                body.unit()
                        .report(
                                statement,
                                "'return' without a value in " + function + ", which returns " + wanted.words());
            }
            return new Return(null, statement.getLineNumber());
        }
        if (wanted != null && wanted.isVoid()) {
            Value value = body.expressions().value(expression);
            if (!value.type().isVoid() && !value.type().isUnknown()) {
                body.unit().report(statement, "'return' with a value in " + function + ", which returns nothing");
            }
            Step effect = new Evaluate(value, statement.getLineNumber());
            return new Block(List.of(effect, new Return(null, statement.getLineNumber())));
        }
        Value value = wanted == null
                ? body.expressions().value(expression)
                : body.expressions().value(expression, wanted);
        return returned(value, expression);
    }

    private static boolean isNothing(@Nullable Expression expression) {
        return expression == null
                || expression instanceof EmptyExpression
                || (expression instanceof ConstantExpression constant
                        && constant.getValue() == null
                        && constant.getLineNumber() <= 0);
    }

    /** Returns {@code value}; the first one that a block of code returns decides its type. */
    private Step returned(Value value, Expression at) {
        if (body.context().result() == null) {
            if (value instanceof FunctionName
                    || value.type() == SpecialType.NULL
                    || value.type().isVoid()) {
                body.unit().report(at, "it cannot be told what this block returns");
                return new Return(Constant.unknown(), at.getLineNumber());
            }
            body.context().setResult(value.type());
        }
        return new Return(value, at.getLineNumber());
    }

    private Step jump(Statement statement, @Nullable String label, boolean isContinue) {
        for (Target target : body.context().targets()) {
            if (isMeant(target, label, isContinue)) {
                return target.jump(isContinue, statement.getLineNumber());
            }
        }
        String word = isContinue ? "continue" : "break";
        String message = label == null
                ? "'" + word + "' outside of a loop" + (isContinue ? "" : " or switch")
                : "'" + word + " " + label + "' is not inside a " + (isContinue ? "loop" : "block or loop")
                        + " labelled '" + label + ":'";
        body.unit().report(statement, message);
        return new Block(List.of());
    }

    private static boolean isMeant(Target target, @Nullable String label, boolean isContinue) {
        if (isContinue && target.kind() != Target.Kind.LOOP) {
            return false;
        }
        return label == null ? target.kind() != Target.Kind.BLOCK : label.equals(target.name());
    }

    private Step tryStep(TryCatchStatement statement) {
        if (!statement.getResourceStatements().isEmpty()) {
            body.unit().report(statement, "no 'try (...)': release what you took in 'finally'");
        }
        Block guarded = scoped(statement.getTryStatement());
        List<Try.Handler> handlers = new ArrayList<>();
        for (CatchStatement handler : statement.getCatchStatements()) {
            handlers.add(handler(handler));
        }
        Statement last = statement.getFinallyStatement();
        Block finallyBlock = last == null || last.isEmpty() ? null : scoped(last);
        return new Try(guarded, handlers, finallyBlock, throwable());
    }

    private Try.Handler handler(CatchStatement statement) {
        Type type = TypeReader.isOmitted(statement.getExceptionType())
                ? body.unit().java(Exception.class)
                : body.types().read(statement.getExceptionType(), statement);
        boolean exception = type instanceof ClassType thrown
                && thrown.info().isA(throwable().info());
        if (!exception && !type.isUnknown()) {
            body.unit().report(statement, "'" + type.words() + "' is no exception");
        }
        Local local = new Local(statement.getVariable().getName(), type);
        body.locals().open();
        body.locals().declare(local);
        Block handled = scoped(statement.getCode());
        body.locals().close();
        return new Try.Handler(local, handled);
    }

    /** An expression as a statement, or a declaration. */
    public Step expression(Expression expression) {
        if (expression instanceof DeclarationExpression declaration) {
            return declarations.declaration(declaration);
        }
        Method macro = new Macros(body.unit()).local(expression);
        if (macro != null) {
            return declarations.declare((MethodCallExpression) expression, macro);
        }
        if (expression instanceof ClosureExpression || expression instanceof EmptyExpression) {
            if (expression instanceof ClosureExpression) {
                body.unit().report(expression, "a block '{ ... }' needs 'if', a loop or a label before it");
            }
            return new Block(List.of());
        }
        if (expression instanceof BinaryExpression assignment
                && assignment.getOperation().getType() == Types.ASSIGN
                && assignment.getLeftExpression() instanceof TupleExpression variables) {
            return declarations.assignAll(assignment, variables);
        }
        Value value = body.expressions().value(expression);
        if (value instanceof FunctionName function) {
            body.unit()
                    .report(
                            expression,
                            "'" + function.name() + "' is a function: write '" + function.name() + "()' to call it");
            return new Block(List.of());
        }
        return new Evaluate(value, expression.getLineNumber());
    }
}
