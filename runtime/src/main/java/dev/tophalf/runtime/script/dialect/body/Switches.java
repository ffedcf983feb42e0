package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.script.dialect.tree.Block;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.Convert;
import dev.tophalf.runtime.script.dialect.tree.Step;
import dev.tophalf.runtime.script.dialect.tree.Switch;
import dev.tophalf.runtime.script.dialect.tree.Target;
import dev.tophalf.runtime.script.dialect.tree.Value;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.RangeExpression;
import org.codehaus.groovy.ast.stmt.CaseStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.ast.stmt.SwitchStatement;
import org.jspecify.annotations.Nullable;

/** {@code switch} on integers and strings. */
public final class Switches {
    private static final int LONGEST_RANGE = 256;

    private final Body body;
    private final Statements statements;

    Switches(Body body, Statements statements) {
        this.body = body;
        this.statements = statements;
    }

    Step step(SwitchStatement statement) {
        Value selector = selector(statement.getExpression());
        Target target = new Target(Statements.label(statement), Target.Kind.SWITCH);
        List<Switch.Group> groups = new ArrayList<>();
        Set<Object> seen = new LinkedHashSet<>();
        body.context().targets().push(target);
        for (CaseStatement each : statement.getCaseStatements()) {
            List<Value> labels = new ArrayList<>();
            addLabels(each.getExpression(), selector.type(), labels, seen);
            groups.add(new Switch.Group(labels, false, statements.scoped(each.getCode())));
        }
        Statement otherwise = statement.getDefaultStatement();
        if (otherwise != null && !otherwise.isEmpty()) {
            groups.add(new Switch.Group(List.of(), true, statements.scoped(otherwise)));
        }
        body.context().targets().pop();
        return selector.type().isUnknown()
                ? new Block(List.of())
                : new Switch(target, selector, groups, statement.getLineNumber());
    }

    private Value selector(Expression expression) {
        Value value = body.expressions().value(expression);
        IntegerType integer = Conversions.integerOf(value.type());
        if (integer != null) {
            return Convert.to(integer.promoted(), value);
        }
        boolean text = value.type().descriptor().equals("Ljava/lang/String;");
        return text || value.type().isUnknown()
                ? value
                : body.wrong(
                        expression,
                        "'switch' takes a number or a string, not '"
                                + value.type().words() + "'");
    }

    private void addLabels(Expression label, Type type, List<Value> labels, Set<Object> seen) {
        if (label instanceof ListExpression list) {
            list.getExpressions().forEach(each -> addLabels(each, type, labels, seen));
        } else if (label instanceof RangeExpression range) {
            addRange(range, type, labels, seen);
        } else {
            Value value = body.expressions().value(label, type);
            Object constant = constant(value);
            if (constant != null && !seen.add(constant)) {
                body.unit().report(label, "duplicate case value");
            }
            if (!value.type().isUnknown()) {
                labels.add(value);
            }
        }
    }

    private static @Nullable Object constant(Value value) {
        Long number = value.constant();
        boolean text = value instanceof Constant constant && constant.text() != null;
        return text ? ((Constant) value).text() : number;
    }

    private void addRange(RangeExpression range, Type type, List<Value> labels, Set<Object> seen) {
        Value from = body.expressions().value(range.getFrom(), type);
        Value to = body.expressions().value(range.getTo(), type);
        Long first = from.constant();
        Long last = to.constant();
        if (first == null || last == null || last - first >= LONGEST_RANGE || !(type instanceof IntegerType integer)) {
            body.unit().report(range, "the range of a case goes from a constant to a constant near it");
            return;
        }
        long end = range.isExclusiveRight() ? last - 1 : last;
        for (long value = first; value <= end; value++) {
            if (!seen.add(value)) {
                body.unit().report(range, "duplicate case value");
                return;
            }
            labels.add(Constant.integer(integer, value));
        }
    }
}
