package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.script.dialect.tree.Arithmetic;
import dev.tophalf.runtime.script.dialect.tree.Choice;
import dev.tophalf.runtime.script.dialect.tree.Comparison;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.Convert;
import dev.tophalf.runtime.script.dialect.tree.InstanceOf;
import dev.tophalf.runtime.script.dialect.tree.Logical;
import dev.tophalf.runtime.script.dialect.tree.Not;
import dev.tophalf.runtime.script.dialect.tree.Place;
import dev.tophalf.runtime.script.dialect.tree.Sequence;
import dev.tophalf.runtime.script.dialect.tree.Store;
import dev.tophalf.runtime.script.dialect.tree.Temporary;
import dev.tophalf.runtime.script.dialect.tree.TextEquals;
import dev.tophalf.runtime.script.dialect.tree.Unary;
import dev.tophalf.runtime.script.dialect.tree.Update;
import dev.tophalf.runtime.script.dialect.tree.Value;
import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.ClassType;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.SpecialType;
import dev.tophalf.runtime.script.dialect.type.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.NotExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.syntax.Types;
import org.jspecify.annotations.Nullable;

/** Operators: C's on integers and pointers, and those that strings and lists have. */
public final class Operators {
    private final Body body;

    Operators(Body body) {
        this.body = body;
    }

    Value binary(BinaryExpression expression) {
        String operator = expression.getOperation().getText();
        int type = expression.getOperation().getType();
        if (type == Types.ASSIGN) {
            return assign(expression);
        }
        if (type == Types.LEFT_SQUARE_BRACKET) {
            return body.places().index(expression);
        }
        if (operator.equals("&&") || operator.equals("||")) {
            Value left = body.expressions().condition(expression.getLeftExpression());
            Value right = body.expressions().condition(expression.getRightExpression());
            return known(left, right) ? new Logical(operator.equals("&&"), left, right) : Constant.unknown();
        }
        if (type == Types.KEYWORD_INSTANCEOF || type == Types.COMPARE_NOT_INSTANCEOF) {
            return instanceOf(expression, type == Types.COMPARE_NOT_INSTANCEOF);
        }
        if (Types.ofType(type, Types.ASSIGNMENT_OPERATOR)) {
            return update(expression, operator.substring(0, operator.length() - 1));
        }
        if (type == Types.KEYWORD_IN || type == Types.COMPARE_NOT_IN) {
            return contains(expression, type == Types.COMPARE_NOT_IN);
        }
        Value left = body.expressions().value(expression.getLeftExpression());
        Value right = body.expressions().value(expression.getRightExpression());
        return apply(operator, left, right, expression);
    }

    private static boolean known(Value left, Value right) {
        return !left.type().isUnknown() && !right.type().isUnknown();
    }

    /** {@code left operator right}, both known as values. */
    private Value apply(String operator, Value left, Value right, Expression at) {
        if (left instanceof FunctionName function) {
            return ofFunction(operator, function, right, at);
        }
        if (right instanceof FunctionName function) {
            return ofFunction(operator, function, left, at);
        }
        if (!known(left, right)) {
            return Constant.unknown();
        }
        if (left.type().isVoid() || right.type().isVoid()) {
            return body.wrong(at, "'" + operator + "' needs values, and one of these returns nothing");
        }
        Comparison.Operator comparison = Comparison.Operator.of(operator);
        if (comparison != null) {
            return compare(comparison, operator, left, right, at);
        }
        if (operator.equals("===") || operator.equals("!==")) {
            return identity(operator.equals("===") ? "==" : "!=", left, right, at);
        }
        if (operator.equals("<=>")) {
            return threeWay(left, right, at);
        }
        Arithmetic.Operator arithmetic = Arithmetic.Operator.of(operator);
        return arithmetic == null ? body.wrong(at, refusal(operator)) : compute(arithmetic, operator, left, right, at);
    }

    /** {@code ops.open == my_open}: a function has one pointer of each type. */
    private Value ofFunction(String operator, FunctionName function, Value other, Expression at) {
        boolean pointer = other.type() instanceof ClassType type && type.info().function() != null;
        if (!pointer || !(operator.equals("==") || operator.equals("!="))) {
            return body.wrong(at, "'" + operator + "' cannot take a function; a function is never NULL");
        }
        return identity(operator, other, body.pointers().pointer(function, other.type(), at), at);
    }

    private static String refusal(String operator) {
        return switch (operator) {
            case ">>>" -> "no '>>>': '>>' of an unsigned type shifts in zeros";
            case "**" -> "no '**': write a product or '1 << n'";
            case "=~", "==~" -> "no regular expressions: compare strings with '==' or their methods";
            default -> "no operator '" + operator + "' here";
        };
    }

    private Value compute(Arithmetic.Operator operator, String symbol, Value left, Value right, Expression at) {
        boolean textual = isText(left) || isText(right);
        if (operator == Arithmetic.Operator.PLUS && textual) {
            return concatenate(left, right);
        }
        if (operator == Arithmetic.Operator.TIMES && isText(left)) {
            return body.extensions().call("multiply", List.of(left, right), at);
        }
        Value a = number(left, right);
        Value b = number(right, left);
        if (a != null && b != null) {
            return Arithmetic.of(operator, a, b);
        }
        Value ofObject = ofObject(operator, left, right, at);
        return ofObject == null ? body.wrong(at, mismatch(symbol, left, right)) : ofObject;
    }

    private static String mismatch(String symbol, Value left, Value right) {
        return "invalid operands to binary " + symbol + ": '" + left.type().words() + "' and '"
                + right.type().words() + "'";
    }

    private static boolean isText(Value value) {
        return value.type() instanceof ClassType type
                && type.info().internalName().equals("java/lang/String");
    }

    private Value concatenate(Value left, Value right) {
        List<Value> parts = new ArrayList<>();
        parts.add(left);
        parts.add(right);
        return body.expressions().text(parts);
    }

    /** {@code value} as an integer, a letter beside a number included, or null. */
    private static @Nullable Value number(Value value, Value other) {
        IntegerType integer = Conversions.integerOf(value.type());
        if (integer != null) {
            return Convert.to(integer, value);
        }
        Integer letter = Conversions.letter(value);
        boolean besideNumber = Conversions.integerOf(other.type()) != null || Conversions.letter(other) != null;
        return letter != null && besideNumber ? Constant.integer(IntegerType.S32, letter) : null;
    }

    /** The operator as a method of a pointer: {@code p + 4}, {@code q - p}; or {@code list << x}; or null. */
    private @Nullable Value ofObject(Arithmetic.Operator operator, Value left, Value right, Expression at) {
        if (!(left.type() instanceof ClassType type)) {
            return null;
        }
        boolean list = type.info().isA(body.unit().types().info(Collection.class));
        String name = switch (operator) {
            case PLUS -> "plus";
            case MINUS -> "minus";
            case SHIFT_LEFT -> list ? "add" : "leftShift";
            default -> "";
        };
        if (name.isEmpty()) {
            return null;
        }
        if (list && !name.equals("add")) {
            return body.extensions().call(name, List.of(left, right), at);
        }
        List<Callable> methods = type.info().methods(name).stream()
                .filter(method -> method.parameters().size() == 1)
                .toList();
        Callable method = body.overloads().best(methods, List.of(right));
        if (method == null) {
            return null;
        }
        if (!list) {
            return body.passing().invokeWith(method, left, List.of(right), at);
        }
        Temporary kept = new Temporary(left);
        Value added = body.passing().invokeWith(method, kept, List.of(right), at);
        return added.type().isUnknown() ? added : new Sequence(added, kept.again());
    }

    private Value compare(Comparison.Operator operator, String symbol, Value left, Value right, Expression at) {
        Value a = number(left, right);
        Value b = number(right, left);
        boolean bothLetters = Conversions.integerOf(left.type()) == null && Conversions.integerOf(right.type()) == null;
        if (a != null && b != null && !(bothLetters && operator.isEquality())) {
            return Comparison.ofIntegers(operator, a, b);
        }
        if (operator.isEquality() && isList(left) && isList(right)) {
            Value equal = body.extensions().call("equals", List.of(left, right), at);
            return equal.type().isUnknown() || operator == Comparison.Operator.EQUAL ? equal : Not.of(equal);
        }
        if (operator.isEquality()) {
            return isText(left) || isText(right)
                    ? equalText(operator, symbol, left, right, at)
                    : identity(symbol, left, right, at);
        }
        return order(operator, symbol, left, right, at);
    }

    private boolean isList(Value value) {
        return value.type() instanceof ClassType type
                && type.info().isA(body.unit().types().info(List.class));
    }

    /** {@code a <=> b}: -1, 0 or 1. */
    private Value threeWay(Value left, Value right, Expression at) {
        Temporary a = new Temporary(left);
        Temporary b = new Temporary(right);
        Value less = compare(Comparison.Operator.LESS, "<=>", a, b, at);
        Value greater = compare(Comparison.Operator.GREATER, "<=>", a.again(), b.again(), at);
        if (!known(less, greater)) {
            return Constant.unknown();
        }
        Value notLess = new Choice(
                IntegerType.S32, greater, Constant.integer(IntegerType.S32, 1), Constant.integer(IntegerType.S32, 0));
        return new Choice(IntegerType.S32, less, Constant.integer(IntegerType.S32, -1), notLess);
    }

    /** {@code value + number}. */
    Value plus(Value value, int number) {
        return Arithmetic.of(Arithmetic.Operator.PLUS, value, Constant.integer(IntegerType.S32, number));
    }

    private Value equalText(Comparison.Operator operator, String symbol, Value left, Value right, Expression at) {
        boolean comparable = (isText(left) && isText(right))
                || left.type() == SpecialType.NULL
                || right.type() == SpecialType.NULL
                || Conversions.isVoidPointer(left.type())
                || Conversions.isVoidPointer(right.type());
        if (!comparable) {
            return body.wrong(at, mismatch(symbol, left, right));
        }
        Value equal = new TextEquals(left, right);
        return operator == Comparison.Operator.EQUAL ? equal : Not.of(equal);
    }

    private Value identity(String symbol, Value left, Value right, Expression at) {
        boolean pointers = left.type().isReference() && right.type().isReference();
        if (!pointers) {
            return body.wrong(
                    at,
                    "comparison of '" + left.type().words() + "' and '"
                            + right.type().words() + "'");
        }
        if (!related(left.type(), right.type())) {
            return body.wrong(
                    at,
                    "comparison of distinct pointer types '" + left.type().words() + "' and '"
                            + right.type().words() + "'");
        }
        Comparison.Operator operator = symbol.equals("==") ? Comparison.Operator.EQUAL : Comparison.Operator.NOT_EQUAL;
        return Comparison.ofPointers(operator, left, right);
    }

    private static boolean related(Type left, Type right) {
        if (left instanceof ClassType a && right instanceof ClassType b) {
            return a.info().isA(b.info())
                    || b.info().isA(a.info())
                    || a.info().isInterface()
                    || b.info().isInterface();
        }
        return true;
    }

    /** {@code p < q} by way of {@code compareTo}. */
    private Value order(Comparison.Operator operator, String symbol, Value left, Value right, Expression at) {
        List<Callable> methods =
                left.type() instanceof ClassType type ? type.info().methods("compareTo") : List.of();
        Callable method = body.overloads().best(methods, List.of(right));
        if (method == null) {
            return body.wrong(at, mismatch(symbol, left, right));
        }
        Value order = body.passing().invokeWith(method, left, List.of(right), at);
        return order.type().isUnknown()
                ? order
                : Comparison.ofIntegers(operator, order, Constant.integer(IntegerType.S32, 0));
    }

    private Value instanceOf(BinaryExpression expression, boolean negated) {
        if (!(expression.getRightExpression() instanceof ClassExpression struct)) {
            return body.wrong(expression, "'instanceof' takes the name of a struct");
        }
        Type type = body.types().read(struct.getType(), struct);
        Value value = body.expressions().value(expression.getLeftExpression());
        if (type.isUnknown() || value.type().isUnknown()) {
            return Constant.unknown();
        }
        if (!value.type().isReference() || !type.isReference() || value instanceof FunctionName) {
            return body.wrong(expression, "'instanceof' asks of which struct a pointer is");
        }
        Value test = new InstanceOf(value, type);
        return negated ? Not.of(test) : test;
    }

    private Value contains(BinaryExpression expression, boolean negated) {
        Value collection = body.extensions().receiver(body.expressions().value(expression.getRightExpression()));
        Value item = body.expressions().value(expression.getLeftExpression());
        if (item instanceof FunctionName) {
            return body.wrong(expression, "'in' cannot take a function");
        }
        if (!known(collection, item)) {
            return Constant.unknown();
        }
        Callable method = containment(collection.type());
        if (method == null) {
            return body.wrong(expression, "'in' asks a list, a set or a map");
        }
        Value found = body.passing()
                .invoke(method, collection, List.of(body.conversions().boxed(item)), expression);
        return negated ? Not.of(found) : found;
    }

    private @Nullable Callable containment(Type type) {
        if (!(type instanceof ClassType collection)) {
            return null;
        }
        if (collection.info().isA(body.unit().types().info(Map.class))) {
            return collection.info().methods("containsKey").get(0);
        }
        return collection.info().isA(body.unit().types().info(Collection.class))
                ? collection.info().methods("contains").get(0)
                : null;
    }

    Value not(NotExpression expression) {
        Value truth = body.expressions().condition(expression.getExpression());
        return truth.type().isUnknown() ? truth : Not.of(truth);
    }

    /** {@code -a}, {@code +a} or {@code ~a}. */
    Value unary(Expression operand, String operator) {
        Value value = body.expressions().value(operand);
        IntegerType integer = Conversions.integerOf(value.type());
        if (integer == null) {
            return value.type().isUnknown()
                    ? value
                    : body.wrong(
                            operand,
                            "'" + operator + "' needs a number, not '"
                                    + value.type().words() + "'");
        }
        Value number = Convert.to(integer, value);
        return switch (operator) {
            case "-" -> Unary.negate(number);
            case "~" -> Unary.complement(number);
            default -> Convert.to(integer.promoted(), number);
        };
    }

    private Value assign(BinaryExpression expression) {
        if (expression.getLeftExpression() instanceof TupleExpression || expression instanceof DeclarationExpression) {
            return body.wrong(expression, "an assignment of several variables is a statement of its own");
        }
        Place place = body.places().assignable(expression.getLeftExpression());
        if (place == null) {
            body.expressions().value(expression.getRightExpression());
            return Constant.unknown();
        }
        Value value = body.expressions().value(expression.getRightExpression(), place.type());
        return value.type().isUnknown() ? Constant.unknown() : new Store(place, value, expression.getLineNumber());
    }

    /** {@code a operator= b}. */
    private Value update(BinaryExpression expression, String operator) {
        if (operator.equals("?")) {
            return body.wrong(expression, "no '?=': write 'if (!a) a = b'");
        }
        Place place = body.places().assignable(expression.getLeftExpression());
        Value operand = body.expressions().value(expression.getRightExpression());
        if (place == null || operand.type().isUnknown()) {
            return Constant.unknown();
        }
        return update(place, operator, operand, false, expression);
    }

    private Value update(Place place, String operator, Value operand, boolean yieldsOld, Expression at) {
        boolean[] failed = {false};
        UnaryOperator<Value> change = current -> {
            Value computed = apply(operator, current, operand, at);
            Value stored = body.conversions().convert(computed, place.type(), at);
            failed[0] = stored.type().isUnknown();
            return stored;
        };
        Value update = new Update(place, change, yieldsOld, at.getLineNumber());
        return failed[0] ? Constant.unknown() : update;
    }

    /** {@code a++}, {@code --a} and the like. */
    Value step(Expression operand, String operator, boolean yieldsOld, Expression at) {
        Place place = body.places().assignable(operand);
        if (place == null) {
            return Constant.unknown();
        }
        Value one = Constant.integer(IntegerType.S32, 1);
        return update(place, operator.substring(1), one, yieldsOld, at);
    }
}
