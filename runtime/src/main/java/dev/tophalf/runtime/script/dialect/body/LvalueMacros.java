package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.contract.KernelApi;
import dev.tophalf.runtime.contract.LvalueMacro;
import dev.tophalf.runtime.script.dialect.source.Marks;
import dev.tophalf.runtime.script.dialect.tree.Call;
import dev.tophalf.runtime.script.dialect.tree.Comparison;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.MarkedAccess;
import dev.tophalf.runtime.script.dialect.tree.Place;
import dev.tophalf.runtime.script.dialect.tree.Sequence;
import dev.tophalf.runtime.script.dialect.tree.Store;
import dev.tophalf.runtime.script.dialect.tree.Temporary;
import dev.tophalf.runtime.script.dialect.tree.Value;
import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.jspecify.annotations.Nullable;

/** Macros on places: {@code READ_ONCE(b.seq)} becomes a marked access of the member. */
public final class LvalueMacros {
    private final Body body;

    LvalueMacros(Body body) {
        this.body = body;
    }

    /** The call of a macro on a place, or null if {@code name} is none. */
    @Nullable
    Value call(String name, List<Expression> arguments, Expression at) {
        Method macro = macro(name);
        return macro == null ? null : call(macro, arguments, at);
    }

    private @Nullable Method macro(String name) {
        boolean own = !body.unit().file().declaredMethods(name).isEmpty();
        return own ? null : body.unit().kernel().lvalueMacro(name);
    }

    /** Where an assignment to a call stores, as to {@code per_cpu(hits, cpu)}; null, and a report, if it cannot. */
    @Nullable
    Place place(MethodCallExpression call) {
        String name = call.isImplicitThis() ? call.getMethodAsString() : null;
        Method macro = name == null ? null : macro(name);
        boolean isPlace = macro != null && access(macro) == LvalueMacro.Access.PLACE;
        if (macro == null || !isPlace || !(call.getArguments() instanceof TupleExpression written)) {
            body.unit().report(call, "nothing can be assigned to this");
            return null;
        }
        List<Expression> arguments = written.getExpressions();
        return isComplete(macro, arguments, call)
                ? new PerCpuMacros(body).place(arguments.get(placeIndex(macro)), marker(macro, arguments, call))
                : null;
    }

    private static LvalueMacro.Access access(Method macro) {
        return macro.getAnnotation(LvalueMacro.class).value();
    }

    /** Which argument is the place: the one that the macro's method has as a string. */
    private static int placeIndex(Method macro) {
        return Math.max(0, List.of(macro.getParameterTypes()).indexOf(String.class));
    }

    private boolean isComplete(Method macro, List<Expression> arguments, Expression at) {
        int wanted = Math.max(1, macro.getParameterCount()) + access(macro).operands();
        if (arguments.size() != wanted) {
            body.unit()
                    .report(
                            at,
                            "too " + (arguments.size() < wanted ? "few" : "many") + " arguments to macro '"
                                    + macro.getName() + "': it takes a place"
                                    + (wanted == 1 ? "" : " and " + (wanted - 1) + " more"));
        }
        return arguments.size() == wanted;
    }

    private Value call(Method macro, List<Expression> arguments, Expression at) {
        if (!isComplete(macro, arguments, at)) {
            return Constant.unknown();
        }
        LvalueMacro.Access access = access(macro);
        Expression lvalue = arguments.get(placeIndex(macro));
        List<Expression> operands = operands(macro, arguments);
        Callable companion = companion(macro);
        if (access.isOfBit() && companion != null) {
            return new BitMacros(body)
                    .call(access, arguments.get(0), nr -> bitMarker(macro, nr, lvalue, at), lvalue, companion);
        }
        Call marker = marker(macro, arguments, at);
        if (!marker.type().isVoid()) {
            return new PerCpuMacros(body).call(access, marker, lvalue, operands, at);
        }
        boolean local = lvalue instanceof VariableExpression variable
                && body.locals().find(Marks.unmark(variable.getName())) != null;
        if (local) {
            return body.wrong(
                    lvalue,
                    macro.getName() + "() takes a member, element or file-scope variable; nobody else"
                            + " sees a local one");
        }
        Place place = body.places().assignable(lvalue);
        if (place == null) {
            return Constant.unknown();
        }
        List<Value> values = new ArrayList<>();
        for (Expression operand : operands) {
            values.add(body.expressions().value(operand, place.type()));
        }
        boolean unknown = values.stream().anyMatch(value -> value.type().isUnknown());
        if (unknown) {
            return Constant.unknown();
        }
        return access == LvalueMacro.Access.TRY_COMPARE_EXCHANGE
                ? tryExchange(marker, place, values, operands.get(0))
                : new MarkedAccess(access, marker, place, values, companion);
    }

    /** A {@code cmpxchg()} whose result goes to {@code held}, which tells whether it was what is expected. */
    private Value tryExchange(Call marker, Place place, List<Value> values, Expression held) {
        Place old = body.places().assignable(held);
        if (old == null) {
            return Constant.unknown();
        }
        Temporary expected = new Temporary(values.get(0));
        List<Value> operands = List.of(expected.again(), values.get(1));
        Temporary before =
                new Temporary(new MarkedAccess(LvalueMacro.Access.COMPARE_EXCHANGE, marker, place, operands));
        Value found = body.conversions().convert(before.again(), old.type(), held);
        Value stored = place.type() instanceof IntegerType
                ? Comparison.ofIntegers(Comparison.Operator.EQUAL, before.again(), expected.again())
                : Comparison.ofPointers(Comparison.Operator.EQUAL, before.again(), expected.again());
        return found.type().isUnknown()
                ? found
                : new Sequence(
                        expected,
                        new Sequence(before, new Sequence(new Store(old, found, held.getLineNumber()), stored)));
    }

    private @Nullable Callable companion(Method macro) {
        Method companion = KernelApi.companion(macro);
        return companion == null ? null : body.unit().types().function(companion);
    }

    /** The arguments that are the values of the access: those right behind the place. */
    private static List<Expression> operands(Method macro, List<Expression> arguments) {
        int first = placeIndex(macro) + 1;
        return arguments.subList(first, first + access(macro).operands());
    }

    private Value bitMarker(Method macro, Value number, Expression lvalue, Expression at) {
        Callable target = body.unit().types().function(macro);
        Value spelling = Constant.text(body.unit().string(), Marks.unmarkAll(lvalue.getText()));
        return new Call(target.result(), target, null, List.of(number, spelling), at.getLineNumber());
    }

    /** The call of the macro's method, which gets the spelling of the place and what else it takes. */
    private Call marker(Method macro, List<Expression> arguments, Expression at) {
        Callable target = body.unit().types().function(macro);
        List<Expression> written = new ArrayList<>(arguments);
        operands(macro, written).clear();
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < target.parameters().size(); i++) {
            Expression argument = written.get(i);
            values.add(
                    i == placeIndex(macro)
                            ? Constant.text(body.unit().string(), Marks.unmarkAll(argument.getText()))
                            : body.expressions().value(argument, target.parameterType(i)));
        }
        return new Call(target.result(), target, null, values, at.getLineNumber());
    }
}
