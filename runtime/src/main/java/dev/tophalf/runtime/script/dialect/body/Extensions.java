package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.script.dialect.tree.Call;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.Value;
import dev.tophalf.runtime.script.dialect.tree.Walked;
import dev.tophalf.runtime.script.dialect.type.ArrayType;
import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.ClassType;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.Type;
import dev.tophalf.runtime.script.dialect.type.TypeParameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.RangeExpression;
import org.jspecify.annotations.Nullable;

/** What Groovy adds to Java's classes: {@code list.each { ... }}, {@code text[3]}, {@code a..b}. */
final class Extensions {
    private final Body body;

    Extensions(Body body) {
        this.body = body;
    }

    /** The functions of that name that values of that type have. */
    List<Callable> of(Type type, String name) {
        Type receiver = type instanceof ArrayType array ? listOf(array) : type;
        return body.unit().kernel().extensions(name).stream()
                .filter(candidate -> takes(candidate.parameterType(0), receiver))
                .toList();
    }

    private static boolean takes(Type self, Type given) {
        if (self instanceof IntegerType) {
            return Conversions.integerOf(given) != null;
        }
        return self instanceof ClassType wanted
                && given instanceof ClassType type
                && type.info().isA(wanted.info());
    }

    private ClassType listOf(ArrayType array) {
        return new ClassType(body.unit().types().info(List.class), List.of(array.element()));
    }

    /** Calls the one of {@code candidates} that the arguments fit on {@code object}. */
    Value call(List<Callable> candidates, Value object, String name, List<Expression> written, Expression at) {
        List<Argument> arguments = new ArrayList<>();
        arguments.add(new Argument(at, receiver(object)));
        for (Expression each : written) {
            Value value = Argument.isPending(each) ? null : body.expressions().value(each);
            arguments.add(new Argument(each, value));
        }
        return call(candidates, name, arguments, at);
    }

    /** Calls a function whose arguments are values already. */
    Value call(String name, List<Value> values, Expression at) {
        List<Argument> arguments = new ArrayList<>();
        for (Value value : values) {
            arguments.add(new Argument(at, value));
        }
        return call(of(values.get(0).type(), name), name, arguments, at);
    }

    private Value call(List<Callable> candidates, String name, List<Argument> arguments, Expression at) {
        Callable target = body.overloads().choose(candidates, arguments, name, at);
        if (target == null) {
            return Constant.unknown();
        }
        Map<TypeParameter, Type> bindings = new LinkedHashMap<>();
        List<Value> values = body.passing().pass(target, arguments, bindings);
        if (values == null) {
            return Constant.unknown();
        }
        boolean counted = arguments.stream().noneMatch(argument -> argument.expression() instanceof ClosureExpression);
        List<Value> passed = counted ? values.stream().map(this::walked).toList() : values;
        return body.passing().invoke(target, null, passed, bindings, at);
    }

    /** {@code value}, whose length the call is charged for: no block of code is called for each element. */
    private Value walked(Value value) {
        boolean many = value.type() instanceof ClassType type
                && (type.info().isA(body.unit().types().info(Collection.class))
                        || type.info().isA(body.unit().types().info(Map.class))
                        || type.info().isA(body.unit().types().info(CharSequence.class)));
        return many ? new Walked(value) : value;
    }

    /** {@code object} as the functions take it: an array as a list of its elements. */
    Value receiver(Value object) {
        if (!(object.type() instanceof ArrayType array)) {
            return object;
        }
        boolean unsigned = array.element() instanceof IntegerType integer && !integer.isSigned();
        Callable maker = body.unit().kernel().extensions("list").get(0);
        List<Value> arguments = List.of(object, Constant.integer(IntegerType.BOOL, unsigned ? 1 : 0));
        return new Call(listOf(array), maker, null, arguments, 0);
    }

    /** {@code a..b} as a list of numbers. */
    Value range(RangeExpression range) {
        Value from = body.expressions().value(range.getFrom(), IntegerType.S32);
        Value to = body.expressions().value(range.getTo(), IntegerType.S32);
        Long first = from.constant();
        Long last = to.constant();
        boolean backwards = first != null && last != null && last < first;
        Value low = backwards ? to : from;
        Value high = backwards ? from : to;
        boolean withoutLow = backwards ? range.isExclusiveRight() : range.isExclusiveLeft();
        boolean withoutHigh = backwards ? range.isExclusiveLeft() : range.isExclusiveRight();
        if (low.type().isUnknown() || high.type().isUnknown()) {
            return Constant.unknown();
        }
        Callable maker = body.unit().kernel().extensions("range").get(0);
        List<Value> arguments = List.of(
                withoutLow ? body.operators().plus(low, 1) : low,
                withoutHigh ? body.operators().plus(high, -1) : high,
                Constant.integer(IntegerType.BOOL, backwards ? 1 : 0));
        return new Call(maker.result(), maker, null, arguments, range.getLineNumber());
    }

    /** {@code text[i]}, {@code text[a..b]} or {@code list[a..b]}, or null if {@code object[index]} is none of these. */
    @Nullable
    Value part(Value object, Expression index, Expression at) {
        boolean text = object.type().descriptor().equals("Ljava/lang/String;");
        boolean ofList =
                index instanceof RangeExpression && !of(object.type(), "getAt").isEmpty();
        return text || ofList ? call(of(object.type(), "getAt"), object, "getAt", List.of(index), at) : null;
    }
}
