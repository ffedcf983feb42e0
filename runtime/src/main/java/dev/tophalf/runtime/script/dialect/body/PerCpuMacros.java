package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.contract.LvalueMacro.Access;
import dev.tophalf.runtime.script.dialect.tree.Arithmetic;
import dev.tophalf.runtime.script.dialect.tree.Call;
import dev.tophalf.runtime.script.dialect.tree.Choice;
import dev.tophalf.runtime.script.dialect.tree.Comparison;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.Convert;
import dev.tophalf.runtime.script.dialect.tree.Effect;
import dev.tophalf.runtime.script.dialect.tree.Place;
import dev.tophalf.runtime.script.dialect.tree.Read;
import dev.tophalf.runtime.script.dialect.tree.Sequence;
import dev.tophalf.runtime.script.dialect.tree.Store;
import dev.tophalf.runtime.script.dialect.tree.Temporary;
import dev.tophalf.runtime.script.dialect.tree.Update;
import dev.tophalf.runtime.script.dialect.tree.Value;
import dev.tophalf.runtime.script.dialect.type.ArrayType;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import java.util.List;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.jspecify.annotations.Nullable;

/**
 * Macros on per-CPU variables, which are arrays with an element for each CPU: {@code this_cpu_inc(stats.hits)} becomes
 * an update of the member {@code hits} of the element that the macro's method chooses.
 *
 * <p>What is stored is computed before the method is called, as the task may come to another CPU there and no later.
 */
final class PerCpuMacros {
    private static final Value ONE = Constant.integer(IntegerType.S32, 1);

    private final Body body;

    PerCpuMacros(Body body) {
        this.body = body;
    }

    /** The access to {@code lvalue} on the CPU that {@code marker} tells. */
    Value call(Access access, Call marker, Expression lvalue, List<Expression> operands, Expression at) {
        Place place = place(lvalue, marker);
        if (place == null) {
            return Constant.unknown();
        }
        if (access != Access.PLACE && !(place.type() instanceof IntegerType)) {
            return body.wrong(
                    lvalue, "an integer is wanted here, not a '" + place.type().words() + "'");
        }
        List<Temporary> kept = operands.stream()
                .map(operand -> new Temporary(body.expressions().value(operand, place.type())))
                .toList();
        if (kept.stream().anyMatch(operand -> operand.type().isUnknown())) {
            return Constant.unknown();
        }
        Value result = access(access, place, kept.stream().map(Temporary::again).toList(), at.getLineNumber());
        for (int i = kept.size() - 1; i >= 0; i--) {
            result = new Sequence(kept.get(i), result);
        }
        return result;
    }

    /** The element of a per-CPU variable, or a member of it; null, and a report, if {@code lvalue} is neither. */
    @Nullable
    Place place(Expression lvalue, Value cpu) {
        if (lvalue instanceof PropertyExpression property) {
            Value variable = body.expressions().value(property.getObjectExpression());
            if (variable.type() instanceof ArrayType) {
                return body.places().assignableMember(new Read(Place.ofElement(variable, cpu)), property);
            }
        }
        Value variable = body.expressions().value(lvalue);
        if (variable.type() instanceof ArrayType) {
            return Place.ofElement(variable, cpu);
        }
        if (!variable.type().isUnknown()) {
            body.unit().report(lvalue, "this is no per-CPU variable: define it with DEFINE_PER_CPU(type, name)");
        }
        return null;
    }

    private static Value access(Access access, Place place, List<Value> operands, int line) {
        return switch (access) {
            case READ, PLACE -> new Read(place, line);
            case WRITE -> new Effect(new Store(place, operands.get(0), line));
            case EXCHANGE -> new Update(place, old -> operands.get(0), true, line);
            case COMPARE_EXCHANGE -> new Update(place, old -> exchanged(old, operands), true, line);
            case ADD -> new Effect(add(place, operands.get(0), line));
            case SUBTRACT -> new Effect(update(place, Arithmetic.Operator.MINUS, operands.get(0), line));
            case INCREMENT -> new Effect(add(place, ONE, line));
            case DECREMENT -> new Effect(update(place, Arithmetic.Operator.MINUS, ONE, line));
            case ADD_RETURN -> add(place, operands.get(0), line);
            case INCREMENT_RETURN -> add(place, ONE, line);
            default -> throw new IllegalArgumentException(access + " is no access to a per-CPU variable");
        };
    }

    private static Value exchanged(Value old, List<Value> operands) {
        Value same = Comparison.ofIntegers(Comparison.Operator.EQUAL, old, operands.get(0));
        return new Choice(old.type(), same, operands.get(1), old);
    }

    private static Value add(Place place, Value operand, int line) {
        return update(place, Arithmetic.Operator.PLUS, operand, line);
    }

    private static Value update(Place place, Arithmetic.Operator operator, Value operand, int line) {
        return new Update(place, old -> Convert.to(place.type(), Arithmetic.of(operator, old, operand)), false, line);
    }
}
