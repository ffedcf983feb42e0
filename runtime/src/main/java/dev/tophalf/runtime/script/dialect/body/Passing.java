package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.contract.ConstantLimit;
import dev.tophalf.runtime.script.dialect.tree.Call;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.Convert;
import dev.tophalf.runtime.script.dialect.tree.NewArray;
import dev.tophalf.runtime.script.dialect.tree.Value;
import dev.tophalf.runtime.script.dialect.type.ArrayType;
import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.ClassType;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.SpecialType;
import dev.tophalf.runtime.script.dialect.type.Type;
import dev.tophalf.runtime.script.dialect.type.TypeParameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.jspecify.annotations.Nullable;

/** Arguments on their way to parameters: conversions, type parameters, variable and left out arguments. */
final class Passing {
    private final Body body;

    Passing(Body body) {
        this.body = body;
    }

    /** What type parameters stand for because of what a method is called on. */
    Map<TypeParameter, Type> bindings(@Nullable Value receiver, Callable target) {
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
    @Nullable
    List<Value> pass(Callable target, List<Argument> arguments, Map<TypeParameter, Type> bindings) {
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
        if (unknown || !membersExist(target, arguments, values)) {
            return null;
        }
        return target.varargs() ? gather(target, values) : values;
    }

    /** Whether a bare word right after a struct names one of its members, as in {@code container_of(w, button, work)}. */
    private boolean membersExist(Callable target, List<Argument> arguments, List<Value> values) {
        boolean sound = true;
        for (int i = 1; i < arguments.size(); i++) {
            Type struct = target.takesBareWord(i) ? Places.structNamed(values.get(i - 1)) : null;
            String name = values.get(i) instanceof Constant word ? word.text() : null;
            if (struct instanceof ClassType type && name != null && type.info().member(name) == null) {
                body.unit().report(arguments.get(i).expression(), Places.noMember(type.info(), name));
                sound = false;
            }
        }
        return sound;
    }

    private Value pass(Callable target, int index, Argument argument, Map<TypeParameter, Type> bindings) {
        Type type = target.parameterType(index).substitute(bindings);
        Value value = argument.value();
        if (value == null && !(argument.expression() instanceof ClosureExpression) && isOpen(type)) {
            value = body.expressions().value(argument.expression());
            unify(target.parameterType(index), value.type(), bindings);
            type = target.parameterType(index).substitute(bindings);
        }
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
            value = whole || !Conversions.isVoidPointer(type) ? value : promoted(value);
            if (whole) {
                return value;
            }
        }
        boolean library = target.owner().internalName().startsWith("java/");
        if (library && Conversions.isVoidPointer(type)) {
            value = body.conversions().boxed(value);
        }
        Value converted = body.conversions().convert(value, type, argument.expression());
        ConstantLimit limit = variable ? null : target.parameters().get(index).limit();
        Long constant = converted.constant();
        if (limit != null && constant != null && constant >= limit.value()) {
            return body.wrong(argument.expression(), target.name() + "(" + constant + ") " + limit.message());
        }
        boolean erased = !variable
                && converted.type() instanceof IntegerType
                && target.parameters().get(index).storage().startsWith("L");
        return erased ? Convert.to(body.conversions().box((IntegerType) converted.type()), converted) : converted;
    }

    /** Whether it is not known yet what a type parameter stands for. */
    private static boolean isOpen(Type type) {
        return type instanceof TypeParameter
                || (type instanceof ClassType struct
                        && struct.arguments().stream().anyMatch(Passing::isOpen));
    }

    /** A variable argument, as C promotes it: a {@code bool} is a number there. */
    private Value promoted(Value value) {
        Value number = value.type() == IntegerType.BOOL ? Convert.to(IntegerType.S32, value) : value;
        return body.conversions().boxed(number);
    }

    /** Whether it is the kernel's format string; a driver's own functions take any string. */
    private static boolean isFormat(Callable target, int index) {
        return target.varargs()
                && target.owner().internalName().indexOf('/') > 0
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
                    unifyArgument(wanted.arguments().get(i), view.arguments().get(i), bindings);
                }
            }
        }
    }

    /** A type argument may be an integer of C, which a list holds in its box. */
    private void unifyArgument(Type parameter, Type given, Map<TypeParameter, Type> bindings) {
        if (parameter instanceof TypeParameter variable && given instanceof IntegerType) {
            bindings.put(variable, given);
        } else {
            unify(parameter, given, bindings);
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

    Value invoke(
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
