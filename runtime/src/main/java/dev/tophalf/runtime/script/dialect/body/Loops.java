package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.script.dialect.names.TypeReader;
import dev.tophalf.runtime.script.dialect.names.Unit;
import dev.tophalf.runtime.script.dialect.source.Marks;
import dev.tophalf.runtime.script.dialect.tree.Arithmetic;
import dev.tophalf.runtime.script.dialect.tree.ArrayLength;
import dev.tophalf.runtime.script.dialect.tree.Block;
import dev.tophalf.runtime.script.dialect.tree.Comparison;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.Declare;
import dev.tophalf.runtime.script.dialect.tree.Evaluate;
import dev.tophalf.runtime.script.dialect.tree.Local;
import dev.tophalf.runtime.script.dialect.tree.Loop;
import dev.tophalf.runtime.script.dialect.tree.Place;
import dev.tophalf.runtime.script.dialect.tree.Read;
import dev.tophalf.runtime.script.dialect.tree.Step;
import dev.tophalf.runtime.script.dialect.tree.Target;
import dev.tophalf.runtime.script.dialect.tree.Update;
import dev.tophalf.runtime.script.dialect.tree.Value;
import dev.tophalf.runtime.script.dialect.type.ArrayType;
import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.ClassType;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.SpecialType;
import dev.tophalf.runtime.script.dialect.type.Type;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.ClosureListExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.RangeExpression;
import org.codehaus.groovy.ast.stmt.DoWhileStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.ast.stmt.WhileStatement;
import org.jspecify.annotations.Nullable;

/** {@code while}, {@code do} and the loops that {@code for} can be. */
public final class Loops {
    private final Body body;
    private final Statements statements;

    Loops(Body body, Statements statements) {
        this.body = body;
        this.statements = statements;
    }

    private <T> T within(Target target, Supplier<T> inner) {
        body.context().targets().push(target);
        T result = inner.get();
        body.context().targets().pop();
        return result;
    }

    private static Target target(Statement statement) {
        return new Target(Statements.label(statement), Target.Kind.LOOP);
    }

    Step whileLoop(WhileStatement statement) {
        Target target = target(statement);
        Value condition =
                body.expressions().condition(statement.getBooleanExpression().getExpression());
        Block inner = within(target, () -> statements.scoped(statement.getLoopBlock()));
        return new Loop(target, condition, inner, List.of(), false, statement.getLineNumber());
    }

    Step doLoop(DoWhileStatement statement) {
        Target target = target(statement);
        Block inner = within(target, () -> statements.scoped(statement.getLoopBlock()));
        Expression asked = statement.getBooleanExpression().getExpression();
        return new Loop(target, body.expressions().condition(asked), inner, List.of(), true, statement.getLineNumber());
    }

    Step forLoop(ForStatement statement) {
        body.locals().open();
        Step loop = statement.getCollectionExpression() instanceof ClosureListExpression list
                ? classic(statement, list)
                : each(statement);
        body.locals().close();
        return loop;
    }

    /** {@code for (a; b; c)}. */
    private Step classic(ForStatement statement, ClosureListExpression list) {
        List<Expression> parts = list.getExpressions();
        int middle = (parts.size() - 1) / 2;
        List<Step> steps = new ArrayList<>();
        parts.subList(0, middle).forEach(part -> addTo(steps, part));
        Expression asked = parts.get(middle);
        Value condition = asked instanceof EmptyExpression
                ? Constant.integer(IntegerType.BOOL, 1)
                : body.expressions().condition(asked);
        Target target = target(statement);
        Block inner = within(target, () -> statements.scoped(statement.getLoopBlock()));
        List<Step> update = new ArrayList<>();
        parts.subList(middle + 1, parts.size()).forEach(part -> addTo(update, part));
        steps.add(new Loop(target, condition, inner, update, false, statement.getLineNumber()));
        return new Block(steps);
    }

    private void addTo(List<Step> steps, Expression part) {
        if (part instanceof ClosureListExpression list) {
            list.getExpressions().forEach(each -> addTo(steps, each));
        } else if (!(part instanceof EmptyExpression)) {
            steps.add(statements.expression(part));
        }
    }

    /** {@code for (x in xs)}. */
    private Step each(ForStatement statement) {
        if (statement.getIndexVariable() != null) {
            body.unit().report(statement, "count in a variable of your own: 'for (int i = 0; i < n; i++)'");
        }
        Expression collection = statement.getCollectionExpression();
        if (collection instanceof RangeExpression range) {
            return range(statement, range);
        }
        Value value = body.expressions().value(collection);
        if (value.type() instanceof ArrayType array) {
            return array(statement, value, array);
        }
        if (value.type() instanceof ClassType type && !(value instanceof FunctionName)) {
            Value iterable = iterable(value, type);
            if (iterable != null) {
                return iterate(statement, iterable);
            }
        }
        if (!value.type().isUnknown()) {
            body.unit().report(collection, "'" + value.type().words() + "' cannot be looped over");
        }
        body.locals().declare(new Local(statement.getValueVariable().getName(), SpecialType.UNKNOWN));
        Target target = target(statement);
        return within(target, () -> statements.scoped(statement.getLoopBlock()));
    }

    private @Nullable Value iterable(Value value, ClassType type) {
        Unit unit = body.unit();
        if (type.info().isA(unit.types().info(Map.class))) {
            Callable entries = type.info().methods("entrySet").get(0);
            return body.passing().invoke(entries, value, List.of(), new EmptyExpression());
        }
        return type.info().isA(unit.types().info(Iterable.class)) ? value : null;
    }

    /** The variable of the loop, for values of type {@code given}. */
    private Local variable(ForStatement statement, Type given) {
        Parameter written = statement.getValueVariable();
        Type type =
                TypeReader.isOmitted(written.getType()) ? given : body.types().read(written.getType(), statement);
        return new Local(Marks.unmark(written.getName()), type);
    }

    /** The body of the loop, which begins with {@code variable} being the next value. */
    private Block bodyWith(ForStatement statement, Local variable, Value next, Target target) {
        body.locals().declare(variable);
        Value value = body.conversions().convert(next, variable.type(), statement);
        Block inner = within(target, () -> statements.scoped(statement.getLoopBlock()));
        return new Block(List.of(new Declare(variable, value, statement.getLineNumber()), inner));
    }

    private Step iterate(ForStatement statement, Value iterable) {
        Unit unit = body.unit();
        int line = statement.getLineNumber();
        Value made = body.passing().invoke(method(Iterable.class, "iterator"), iterable, List.of(), statement);
        Local iterator = new Local("", made.type());
        Value current = new Read(Place.of(iterator));
        Value more = body.passing().invoke(method(Iterator.class, "hasNext"), current, List.of(), statement);
        Value next = body.passing().invoke(method(Iterator.class, "next"), current, List.of(), statement);
        ClassType view =
                iterable.type() instanceof ClassType type ? type.as(unit.types().info(Iterable.class)) : null;
        Type element = view == null || view.arguments().isEmpty()
                ? unit.types().object()
                : view.arguments().get(0);
        Target target = target(statement);
        Block inner = bodyWith(statement, variable(statement, element), next, target);
        Loop loop = new Loop(target, more, inner, List.of(), false, line);
        return new Block(List.of(new Declare(iterator, made, line), loop));
    }

    private Callable method(Class<?> face, String name) {
        return body.unit().types().info(face).declaredMethods(name).get(0);
    }

    private Step array(ForStatement statement, Value array, ArrayType type) {
        int line = statement.getLineNumber();
        Local kept = new Local("", type);
        Local index = new Local("", IntegerType.S32);
        Value position = new Read(Place.of(index));
        Value elements = new Read(Place.of(kept));
        Value next = new Read(Place.ofElement(elements, position));
        Value more = Comparison.ofIntegers(Comparison.Operator.LESS, position, new ArrayLength(elements));
        Target target = target(statement);
        Block inner = bodyWith(statement, variable(statement, type.element()), next, target);
        Loop loop = new Loop(target, more, inner, List.of(count(index, Arithmetic.Operator.PLUS, line)), false, line);
        return new Block(List.of(
                new Declare(kept, array, line), new Declare(index, Constant.integer(IntegerType.S32, 0), line), loop));
    }

    private static Step count(Local counter, Arithmetic.Operator operator, int line) {
        Value one = Constant.integer((IntegerType) counter.type(), 1);
        Update update = new Update(Place.of(counter), old -> Arithmetic.of(operator, old, one), false, line);
        return new Evaluate(update, line);
    }

    /** {@code for (i in a..b)}: up, or down where both ends are numbers that say so. */
    private Step range(ForStatement statement, RangeExpression range) {
        int line = statement.getLineNumber();
        Value from = body.expressions().value(range.getFrom());
        Value to = body.expressions().value(range.getTo());
        if (from.type().isUnknown() || to.type().isUnknown()) {
            from = Constant.integer(IntegerType.S32, 0);
            to = from;
        }
        if (!(from.type() instanceof IntegerType first) || !(to.type() instanceof IntegerType last)) {
            body.unit().report(range, "a range goes from a number to a number");
            return new Block(List.of());
        }
        if (range.isExclusiveLeft()) {
            body.unit().report(range, "begin the range with a number that is in it");
        }
        IntegerType type = IntegerType.common(first, last);
        Long start = from.constant();
        Long end = to.constant();
        boolean down = start != null && end != null && start > end;
        Local counter = new Local("", type);
        Local limit = new Local("", type);
        Target target = target(statement);
        Value current = new Read(Place.of(counter));
        Block inner = bodyWith(statement, variable(statement, type), current, target);
        Value more =
                Comparison.ofIntegers(operator(down, range.isExclusiveRight()), current, new Read(Place.of(limit)));
        Step step = count(counter, down ? Arithmetic.Operator.MINUS : Arithmetic.Operator.PLUS, line);
        return new Block(List.of(
                new Declare(counter, body.conversions().convert(from, type, range), line),
                new Declare(limit, body.conversions().convert(to, type, range), line),
                new Loop(target, more, inner, List.of(step), false, line)));
    }

    private static Comparison.Operator operator(boolean down, boolean exclusive) {
        if (down) {
            return exclusive ? Comparison.Operator.GREATER : Comparison.Operator.GREATER_EQUAL;
        }
        return exclusive ? Comparison.Operator.LESS : Comparison.Operator.LESS_EQUAL;
    }
}
