package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.Value;
import dev.tophalf.runtime.script.dialect.type.ArrayType;
import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.ClassType;
import dev.tophalf.runtime.script.dialect.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.jspecify.annotations.Nullable;

/** Functions of the same name: which of them the arguments fit. */
final class Overloads {
    private final Body body;

    Overloads(Body body) {
        this.body = body;
    }

    /** The arguments as they are written. What an expression is worth is found out once, whichever function is meant. */
    List<Argument> read(List<Expression> written, List<Callable> candidates) {
        List<Argument> arguments = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            int index = i;
            boolean repeated = candidates.stream().anyMatch(candidate -> candidate.takesCondition(index));
            Expression expression = repeated ? PollMacros.block(written.get(i)) : written.get(i);
            arguments.add(new Argument(expression, read(expression, i, candidates)));
        }
        return arguments;
    }

    private @Nullable Value read(Expression expression, int index, List<Callable> candidates) {
        String word = Places.bareWord(expression);
        if (word != null && candidates.stream().anyMatch(candidate -> candidate.takesBareWord(index))) {
            return Constant.text(body.unit().string(), word);
        }
        if (word != null && candidates.stream().anyMatch(candidate -> candidate.takesTypeOf(index))) {
            Type type = body.locals().typeOf(word);
            return type == null
                    ? body.expressions().value(expression)
                    : body.expressions().struct(type);
        }
        if (Argument.isPending(expression)) {
            return null;
        }
        return candidates.stream().anyMatch(candidate -> candidate.takesArrayOf(index))
                ? body.expressions().arrayOf(expression)
                : body.expressions().value(expression);
    }

    @Nullable
    Callable choose(List<Callable> candidates, List<Argument> arguments, String name, Expression at) {
        List<Callable> fitting = candidates.stream()
                .filter(candidate -> candidate.takes(arguments.size()))
                .toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        if (fitting.isEmpty()) {
            arguments.stream()
                    .filter(argument -> argument.value() == null)
                    .forEach(argument -> checkAlone(argument.expression()));
            body.unit().report(at, wrongCount(candidates, arguments.size(), name));
            return null;
        }
        Callable best = cheapest(fitting, arguments);
        if (best == null && arguments.stream().noneMatch(Argument::isUnknown)) {
            body.unit().report(at, misfit(name, arguments, fitting));
        }
        return best;
    }

    private static String wrongCount(List<Callable> candidates, int given, String name) {
        if (candidates.isEmpty()) {
            return "'" + name + "' cannot be made by a driver";
        }
        Callable candidate = candidates.get(0);
        String word = given < candidate.required() ? "few" : "many";
        String declaration =
                candidate.name().equals("<init>") ? name + candidate.parameterWords(true) : candidate.words();
        return "too " + word + " arguments to function '" + name + "': " + declaration;
    }

    private static String misfit(String name, List<Argument> arguments, List<Callable> candidates) {
        String given = arguments.stream().map(Argument::words).collect(Collectors.joining(", ", "(", ")"));
        String wanted = candidates.stream()
                .map(candidate -> name + candidate.parameterWords(false))
                .distinct()
                .collect(Collectors.joining(" or "));
        return name + given + " does not fit " + wanted;
    }

    private @Nullable Callable cheapest(List<Callable> candidates, List<Argument> arguments) {
        Callable best = null;
        int bestCost = Integer.MAX_VALUE;
        for (Callable candidate : candidates) {
            int cost = cost(candidate, arguments);
            if (cost != Conversions.MISFIT && cost < bestCost) {
                best = candidate;
                bestCost = cost;
            }
        }
        return best;
    }

    private int cost(Callable candidate, List<Argument> arguments) {
        int total = candidate.varargs() ? 1 : 0;
        for (int i = 0; i < arguments.size(); i++) {
            int cost = cost(arguments.get(i), candidate.parameterType(i));
            if (cost == Conversions.MISFIT) {
                return cost;
            }
            total += cost * 2;
        }
        return total;
    }

    private int cost(Argument argument, Type type) {
        Value value = argument.value();
        if (value instanceof FunctionName function) {
            return body.pointers().fits(function, type) ? Conversions.EXACT : Conversions.MISFIT;
        }
        if (value != null) {
            return body.conversions().cost(value, type);
        }
        return pendingCost(argument.expression(), type);
    }

    private int pendingCost(Expression expression, Type type) {
        if (expression instanceof ClosureExpression block) {
            return blockCost(block, type);
        }
        boolean fits;
        if (expression instanceof MapExpression) {
            fits = type instanceof ClassType struct
                    && (body.initialisers().isStruct(type)
                            || struct.info().isA(body.unit().types().info(Map.class)));
        } else if (expression instanceof ListExpression) {
            fits = type instanceof ArrayType
                    || (type instanceof ClassType struct
                            && struct.info().isA(body.unit().types().info(Iterable.class)));
        } else {
            fits = true;
        }
        return fits ? Conversions.EXACT : Conversions.MISFIT;
    }

    /** A block fits a pointer to a function with as many parameters; one that writes none may take just one. */
    private static int blockCost(ClosureExpression block, Type type) {
        Callable function = type instanceof ClassType struct ? struct.info().function() : null;
        if (function == null) {
            return Conversions.MISFIT;
        }
        int taken = function.parameters().size();
        Parameter[] written = block.getParameters();
        if (written != null && written.length == 0) {
            return taken == 1 ? Conversions.EXACT : Conversions.CONVERTED;
        }
        return taken == (written == null ? 0 : written.length) ? Conversions.EXACT : Conversions.MISFIT;
    }

    /** The one of {@code candidates} that {@code values} fit best, or null. */
    @Nullable
    Callable best(List<Callable> candidates, List<Value> values) {
        List<Argument> arguments = values.stream()
                .map(value -> new Argument(EmptyExpression.INSTANCE, value))
                .toList();
        return cheapest(
                candidates.stream()
                        .filter(candidate -> candidate.takes(values.size()))
                        .toList(),
                arguments);
    }

    /** Looks for mistakes in an argument of a call that is wrong anyway. */
    void checkAlone(Expression argument) {
        if (!Argument.isPending(argument) && Places.bareWord(argument) == null) {
            body.expressions().value(argument);
        }
    }
}
