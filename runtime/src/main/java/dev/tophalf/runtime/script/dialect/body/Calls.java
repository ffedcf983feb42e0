package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.script.dialect.names.LibraryTypes;
import dev.tophalf.runtime.script.dialect.names.Unit;
import dev.tophalf.runtime.script.dialect.source.Marks;
import dev.tophalf.runtime.script.dialect.source.Spelling;
import dev.tophalf.runtime.script.dialect.tree.Call;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.Convert;
import dev.tophalf.runtime.script.dialect.tree.Local;
import dev.tophalf.runtime.script.dialect.tree.NewArray;
import dev.tophalf.runtime.script.dialect.tree.NewObject;
import dev.tophalf.runtime.script.dialect.tree.Place;
import dev.tophalf.runtime.script.dialect.tree.Read;
import dev.tophalf.runtime.script.dialect.tree.SafeCall;
import dev.tophalf.runtime.script.dialect.tree.Temporary;
import dev.tophalf.runtime.script.dialect.tree.Value;
import dev.tophalf.runtime.script.dialect.type.ArrayType;
import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.ClassInfo;
import dev.tophalf.runtime.script.dialect.type.ClassType;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.Member;
import dev.tophalf.runtime.script.dialect.type.SpecialType;
import dev.tophalf.runtime.script.dialect.type.Type;
import dev.tophalf.runtime.script.dialect.type.TypeParameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.SpreadExpression;
import org.codehaus.groovy.ast.expr.TernaryExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.jspecify.annotations.Nullable;

/** Calls: which function is meant, whether the arguments fit, and what it returns. */
public final class Calls {
    private final Body body;

    Calls(Body body) {
        this.body = body;
    }

    /**
     * An argument.
     *
     * @param value null while its parameter decides what the expression means
     */
    private record Argument(Expression expression, @Nullable Value value) {}

    Value call(MethodCallExpression call) {
        String written = call.getMethodAsString();
        if (written == null) {
            return body.wrong(call, "the name of a function is a plain word");
        }
        String name = Marks.unmark(written);
        if (call.isSpreadSafe()) {
            return body.wrong(call, "no '*.': write a loop");
        }
        List<Expression> arguments = arguments(call.getArguments());
        if (arguments == null) {
            return Constant.unknown();
        }
        if (call.isImplicitThis()) {
            return function(name, arguments, call.getMethod(), call);
        }
        return method(call, name, arguments);
    }

    private @Nullable List<Expression> arguments(Expression written) {
        List<Expression> arguments =
                written instanceof TupleExpression tuple ? tuple.getExpressions() : List.of(written);
        for (Expression argument : arguments) {
            if (argument instanceof SpreadExpression) {
                body.unit().report(argument, "no '*' before an argument: write the arguments one by one");
                return null;
            }
        }
        return arguments;
    }

    /** {@code f(a, b)}. */
    private Value function(String name, List<Expression> arguments, Expression at, MethodCallExpression call) {
        Local local = body.locals().find(name);
        if (local != null) {
            return pointer(new Read(Place.of(local)), name, arguments, at, call);
        }
        ClassInfo self = body.context().self();
        List<Callable> own = self == null ? List.of() : self.methods(name);
        Local thisStruct = own.isEmpty() ? null : body.locals().find("this");
        if (thisStruct != null) {
            return select(own, new Read(Place.of(thisStruct)), name, arguments, at, call);
        }
        Value access = new LvalueMacros(body).call(name, arguments, at);
        if (access != null) {
            return access;
        }
        List<Callable> functions = body.unit().functions(name);
        if (!functions.isEmpty()) {
            return select(functions, null, name, arguments, at, call);
        }
        Place place = body.places().named(name);
        if (place != null) {
            return pointer(new Read(place), name, arguments, at, call);
        }
        arguments.forEach(this::checkAlone);
        return body.wrong(at, undeclared(name));
    }

    /** Looks for mistakes in an argument of a call that is wrong anyway. */
    private void checkAlone(Expression argument) {
        if (!isPending(argument) && Places.bareWord(argument) == null) {
            body.expressions().value(argument);
        }
    }

    private String undeclared(String name) {
        Unit unit = body.unit();
        if (name.equals("void")) {
            return "a variable cannot be void";
        }
        if (unit.kernel().api().macro(name) != null) {
            return "'" + name + "()' defines something, so it stands at the top level of the file";
        }
        if (unit.type(name) != null) {
            return "'" + name + "' is a type: write '(" + name + ") value' or 'new " + name + "()'";
        }
        List<String> known = new ArrayList<>(unit.file().declaredMethodNames());
        unit.kernel().api().contracts().forEach(contract -> known.add(contract.function()));
        String nearest = Spelling.nearest(name, known);
        String hint = nearest == null
                ? ""
                : "; did you mean '" + nearest + "'" + unit.kernel().header(nearest) + "?";
        return "implicit declaration of function '" + name + "'" + hint;
    }

    /** A call by way of a function pointer. */
    private Value pointer(
            Value pointer, String name, List<Expression> arguments, Expression at, MethodCallExpression call) {
        Callable function =
                pointer.type() instanceof ClassType type ? type.info().function() : null;
        if (function == null) {
            return pointer.type().isUnknown()
                    ? pointer
                    : body.wrong(
                            at,
                            "called object '" + name + "' is not a function but a '"
                                    + pointer.type().words() + "'");
        }
        return select(List.of(function), pointer, name, arguments, at, call);
    }

    /** {@code a.f(b)}. */
    private Value method(MethodCallExpression call, String name, List<Expression> arguments) {
        Value object = body.expressions().value(call.getObjectExpression());
        if (object.type().isUnknown()) {
            return Constant.unknown();
        }
        Type struct = Places.structNamed(object);
        if (struct != null) {
            return ofStruct(struct, name, arguments, call);
        }
        if (!call.isSafe()) {
            return methodOf(object, name, arguments, call);
        }
        Temporary kept = new Temporary(object);
        Value result = methodOf(kept.again(), name, arguments, call);
        if (result.type() instanceof IntegerType integer) {
            ClassType box = body.conversions().box(integer);
            return new SafeCall(box, kept, Convert.to(box, result));
        }
        return result.type().isUnknown() ? result : new SafeCall(result.type(), kept, result);
    }

    private Value ofStruct(Type struct, String name, List<Expression> arguments, MethodCallExpression call) {
        List<Callable> methods = struct instanceof ClassType type
                ? type.info().methods(name).stream().filter(Callable::isStatic).toList()
                : List.of();
        if (methods.isEmpty()) {
            return body.wrong(call.getMethod(), "'" + struct.words() + "' has no function '" + name + "'");
        }
        return select(methods, null, name, arguments, call.getMethod(), call);
    }

    private Value methodOf(Value object, String name, List<Expression> arguments, MethodCallExpression call) {
        Expression at = call.getMethod();
        if (object instanceof FunctionName function) {
            return body.wrong(call, "the function '" + function.name() + "' has no members");
        }
        if (!(object.type() instanceof ClassType type)) {
            return lengthOrNothing(object, name, arguments, at);
        }
        List<Callable> methods = type.info().methods(name);
        if (!methods.isEmpty() && isCallable(type.info(), methods.get(0))) {
            return select(methods, object, name, arguments, at, call);
        }
        Callable function = type.info().function();
        if (function != null && name.equals("call")) {
            return select(List.of(function), object, name, arguments, at, call);
        }
        Member member = type.info().member(name);
        if (member != null) {
            Place place = Place.of(member, member.isStatic() ? null : object);
            return pointer(new Read(place), name, arguments, at, call);
        }
        return body.wrong(at, noFunction(type.info(), name));
    }

    /** What every object has is no part of the driver language, but for strings and collections. */
    private static boolean isCallable(ClassInfo info, Callable method) {
        boolean ofObject = method.owner().internalName().equals("java/lang/Object");
        return !ofObject
                || (info.internalName().startsWith("java/") && method.name().equals("equals"));
    }

    private static String noFunction(ClassInfo info, String name) {
        if (info.internalName().equals("java/lang/Object")) {
            return "a 'void *' has no functions; assign it to a variable of its struct first";
        }
        String subject = info.isStruct() ? "struct " + info.name() : "'" + info.name() + "'";
        return subject + " has no function '" + name + "'" + LibraryTypes.instead(name);
    }

    private Value lengthOrNothing(Value object, String name, List<Expression> arguments, Expression at) {
        boolean asksLength = object.type() instanceof ArrayType
                && arguments.isEmpty()
                && (name.equals("size") || name.equals("length"));
        return asksLength
                ? new dev.tophalf.runtime.script.dialect.tree.ArrayLength(object)
                : body.wrong(at, "'" + object.type().words() + "' has no function '" + name + "'");
    }

    /** {@code new T(a, b)}. */
    Value construct(ConstructorCallExpression call) {
        if (call.isUsingAnonymousInnerClass()) {
            return body.wrong(call, "no class without a name: declare it at the top level");
        }
        if (call.isSpecialCall()) {
            return body.wrong(call, "no call of another constructor: write a function that sets the members");
        }
        Type type = body.types().read(call.getType(), call);
        List<Expression> arguments = arguments(call.getArguments());
        if (arguments == null || type.isUnknown()) {
            return Constant.unknown();
        }
        if (!(type instanceof ClassType struct) || struct.info().isAbstract()) {
            return body.wrong(call, "there is nothing to make of '" + type.words() + "'");
        }
        if (arguments.size() == 1
                && arguments.get(0) instanceof MapExpression map
                && body.initialisers().isStruct(type)) {
            return body.initialisers().struct(struct, map);
        }
        return construct(struct, arguments, call);
    }

    private Value construct(ClassType type, List<Expression> written, Expression at) {
        List<Callable> constructors = type.info().constructors();
        List<Argument> arguments = read(written, constructors);
        Callable constructor = choose(constructors, arguments, type.info().name(), at);
        if (constructor == null) {
            return Constant.unknown();
        }
        Map<TypeParameter, Type> bindings = new LinkedHashMap<>(type.bindings());
        List<Value> values = pass(constructor, arguments, bindings);
        return values == null ? Constant.unknown() : new NewObject(type, constructor, values, at.getLineNumber());
    }

    /** Calls the one of {@code candidates} that the arguments fit. */
    Value select(
            List<Callable> candidates,
            @Nullable Value receiver,
            String name,
            List<Expression> written,
            Expression at,
            Expression call) {
        List<Argument> arguments = read(written, candidates);
        Callable target = choose(candidates, arguments, name, at);
        if (target == null) {
            return Constant.unknown();
        }
        Map<TypeParameter, Type> bindings = bindings(receiver, target);
        List<Value> values = pass(target, arguments, bindings);
        return values == null ? Constant.unknown() : invoke(target, receiver, values, bindings, at);
    }

    /** The values that a call of {@code target} passes, or null, and a report, if the arguments do not fit. */
    @Nullable
    public List<Value> values(Callable target, MethodCallExpression call) {
        List<Expression> written = arguments(call.getArguments());
        if (written == null) {
            return null;
        }
        List<Argument> arguments = read(written, List.of(target));
        Callable chosen = choose(List.of(target), arguments, target.name(), call);
        return chosen == null ? null : pass(chosen, arguments, new LinkedHashMap<>());
    }

    private List<Argument> read(List<Expression> written, List<Callable> candidates) {
        List<Argument> arguments = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            Expression expression = written.get(i);
            arguments.add(new Argument(expression, read(expression, i, candidates)));
        }
        return arguments;
    }

    private @Nullable Value read(Expression expression, int index, List<Callable> candidates) {
        String word = Places.bareWord(expression);
        if (word != null && candidates.stream().anyMatch(candidate -> candidate.takesBareWord(index))) {
            return Constant.text(body.unit().string(), word);
        }
        if (isPending(expression)) {
            return null;
        }
        return body.expressions().value(expression);
    }

    private static boolean isPending(Expression expression) {
        return expression instanceof ClosureExpression
                || expression instanceof MapExpression
                || expression instanceof ListExpression
                || (expression instanceof TernaryExpression ternary
                        && (isPending(ternary.getTrueExpression()) || isPending(ternary.getFalseExpression())));
    }

    private @Nullable Callable choose(List<Callable> candidates, List<Argument> arguments, String name, Expression at) {
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
        if (best == null && arguments.stream().noneMatch(Calls::isUnknown)) {
            body.unit().report(at, misfit(name, arguments, fitting));
        }
        return best;
    }

    private static boolean isUnknown(Argument argument) {
        return argument.value() != null && argument.value().type().isUnknown();
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
        String given = arguments.stream().map(Calls::words).collect(Collectors.joining(", ", "(", ")"));
        String wanted = candidates.stream()
                .map(candidate -> name + candidate.parameterWords(false))
                .distinct()
                .collect(Collectors.joining(" or "));
        return name + given + " does not fit " + wanted;
    }

    private static String words(Argument argument) {
        Value value = argument.value();
        if (value == null) {
            return argument.expression() instanceof ClosureExpression ? "{ ... }" : "[ ... ]";
        }
        return value instanceof FunctionName function
                ? function.name()
                : value.type().words();
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
        boolean fits;
        if (expression instanceof ClosureExpression) {
            fits = type instanceof ClassType struct && struct.info().function() != null;
        } else if (expression instanceof MapExpression) {
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

    /** The one of {@code candidates} that {@code values} fit best, or null. */
    @Nullable
    Callable best(List<Callable> candidates, List<Value> values) {
        List<Argument> arguments = values.stream()
                .map(value -> new Argument(org.codehaus.groovy.ast.expr.EmptyExpression.INSTANCE, value))
                .toList();
        return cheapest(
                candidates.stream()
                        .filter(candidate -> candidate.takes(values.size()))
                        .toList(),
                arguments);
    }

    private Map<TypeParameter, Type> bindings(@Nullable Value receiver, Callable target) {
        Map<TypeParameter, Type> bindings = new LinkedHashMap<>();
        if (receiver != null && receiver.type() instanceof ClassType type) {
            ClassType view = type.as(target.owner());
            if (view != null) {
                bindings.putAll(view.bindings());
            }
        }
        return bindings;
    }

    /** The values for the parameters of {@code target}, or null if one does not fit. */
    private @Nullable List<Value> pass(Callable target, List<Argument> arguments, Map<TypeParameter, Type> bindings) {
        for (int i = 0; i < arguments.size(); i++) {
            Value value = arguments.get(i).value();
            if (value != null) {
                unify(target.parameterType(i), value.type(), bindings);
            }
        }
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            values.add(pass(target, i, arguments.get(i), bindings));
        }
        for (int i = values.size(); i < target.parameters().size(); i++) {
            Expression fallback = target.parameters().get(i).fallback();
            if (fallback != null) {
                values.add(body.expressions().value(fallback, target.parameterType(i)));
            }
        }
        boolean unknown = values.stream().anyMatch(value -> value.type().isUnknown());
        return unknown ? null : target.varargs() ? gather(target, values) : values;
    }

    private Value pass(Callable target, int index, Argument argument, Map<TypeParameter, Type> bindings) {
        Type type = target.parameterType(index).substitute(bindings);
        Value value = argument.value();
        boolean variable = target.varargs() && index >= target.parameters().size() - 1;
        if (isFormat(target, index) && argument.expression() instanceof GStringExpression) {
            return body.wrong(
                    argument.expression(), "a format is a plain string: write '%d' in it and the value after it");
        }
        if (value == null) {
            value = body.expressions().value(argument.expression(), type);
            unify(target.parameterType(index), value.type(), bindings);
            return value;
        }
        if (variable) {
            boolean whole = value.type().equals(new ArrayType(type));
            value = whole || !Conversions.isVoidPointer(type)
                    ? value
                    : body.conversions().boxed(value);
            if (whole) {
                return value;
            }
        }
        boolean library = target.owner().internalName().startsWith("java/");
        if (library && Conversions.isVoidPointer(type)) {
            value = body.conversions().boxed(value);
        }
        Value converted = body.conversions().convert(value, type, argument.expression());
        boolean erased = !variable
                && converted.type() instanceof IntegerType
                && target.parameters().get(index).storage().startsWith("L");
        return erased ? Convert.to(body.conversions().box((IntegerType) converted.type()), converted) : converted;
    }

    private static boolean isFormat(Callable target, int index) {
        return target.varargs()
                && index == target.parameters().size() - 2
                && target.parameters().get(index).storage().equals("Ljava/lang/String;");
    }

    /** Puts the variable arguments into an array. */
    private static List<Value> gather(Callable target, List<Value> values) {
        int fixed = target.parameters().size() - 1;
        ArrayType type = (ArrayType) target.parameters().get(fixed).type();
        if (values.size() == fixed + 1 && values.get(fixed).type().equals(type)) {
            return values;
        }
        List<Value> all = new ArrayList<>(values.subList(0, fixed));
        all.add(NewArray.of(type, values.subList(fixed, values.size())));
        return all;
    }

    /** Learns what type parameters stand for from an argument. */
    private void unify(Type parameter, Type given, Map<TypeParameter, Type> bindings) {
        if (given == SpecialType.NULL || given.isUnknown() || given.isVoid() || given == SpecialType.FUNCTION) {
            return;
        }
        if (parameter instanceof TypeParameter variable) {
            Type reference =
                    given instanceof IntegerType integer ? body.conversions().box(integer) : given;
            bindings.merge(variable, reference, (old, now) -> old instanceof IntegerType ? old : wider(old, now));
        } else if (parameter instanceof ArrayType wanted && given instanceof ArrayType array) {
            unify(wanted.element(), array.element(), bindings);
        } else if (parameter instanceof ClassType wanted && given instanceof ClassType type) {
            ClassType view = type.as(wanted.info());
            if (view != null && view.arguments().size() == wanted.arguments().size()) {
                for (int i = 0; i < wanted.arguments().size(); i++) {
                    unify(wanted.arguments().get(i), view.arguments().get(i), bindings);
                }
            }
        }
    }

    private static Type wider(Type old, Type now) {
        boolean fits = old instanceof ClassType a
                && now instanceof ClassType b
                && a.info().isA(b.info());
        return fits ? now : old;
    }

    /** Calls {@code target}, whose arguments are converted already. */
    Value invoke(Callable target, @Nullable Value receiver, List<Value> values, ASTNode at) {
        return invoke(target, receiver, values, bindings(receiver, target), at);
    }

    /** Calls {@code target} with values that fit it. */
    Value invokeWith(Callable target, Value receiver, List<Value> values, Expression at) {
        Map<TypeParameter, Type> bindings = bindings(receiver, target);
        List<Value> converted = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Argument argument = new Argument(at, values.get(i));
            converted.add(pass(target, i, argument, bindings));
        }
        boolean unknown = converted.stream().anyMatch(value -> value.type().isUnknown());
        return unknown ? Constant.unknown() : invoke(target, receiver, converted, bindings, at);
    }

    private Value invoke(
            Callable target,
            @Nullable Value receiver,
            List<Value> values,
            Map<TypeParameter, Type> bindings,
            ASTNode at) {
        Type result = target.result().substitute(bindings);
        Value object = target.isStatic() ? null : receiver;
        int line = at.getLineNumber();
        if (result instanceof TypeParameter) {
            return new Call(body.unit().types().object(), target, object, values, line);
        }
        if (result instanceof IntegerType integer && target.storage().startsWith("L")) {
            Value boxed = new Call(body.conversions().box(integer), target, object, values, line);
            return Convert.to(integer, boxed);
        }
        return new Call(result, target, object, values, line);
    }
}
