package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.script.dialect.names.LibraryTypes;
import dev.tophalf.runtime.script.dialect.names.Unit;
import dev.tophalf.runtime.script.dialect.source.Marks;
import dev.tophalf.runtime.script.dialect.source.Spelling;
import dev.tophalf.runtime.script.dialect.tree.ArrayLength;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.Convert;
import dev.tophalf.runtime.script.dialect.tree.Local;
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
import dev.tophalf.runtime.script.dialect.type.Type;
import dev.tophalf.runtime.script.dialect.type.TypeParameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.SpreadExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.jspecify.annotations.Nullable;

/** Calls: which function is meant, whether the arguments fit, and what it returns. */
public final class Calls {
    private final Body body;

    Calls(Body body) {
        this.body = body;
    }

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
            List<Expression> expanded = new PollMacros(body).expand(name, arguments, at);
            return expanded == null ? Constant.unknown() : select(functions, null, name, expanded, at, call);
        }
        Place place = body.places().named(name);
        if (place != null) {
            return pointer(new Read(place), name, arguments, at, call);
        }
        arguments.forEach(body.overloads()::checkAlone);
        return body.wrong(at, undeclared(name));
    }

    private String undeclared(String name) {
        Unit unit = body.unit();
        if (name.equals("void")) {
            return "a variable cannot be void";
        }
        String absent = unit.kernel().api().absent(name);
        if (absent != null) {
            return absent;
        }
        if (unit.kernel().api().macro(name) != null) {
            return "'" + name + "()' defines something, so it stands at the top level of the file";
        }
        if (unit.kernel().api().initialiser(name) != null) {
            return "'" + name + "()' stands where a variable is declared, or for a member in '[member: " + name
                    + "(...)]'";
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
        List<Callable> extensions = body.extensions().of(object.type(), name);
        if (!extensions.isEmpty()) {
            return body.extensions().call(extensions, object, name, arguments, at);
        }
        if (!(object.type() instanceof ClassType type)) {
            return lengthOrNothing(object, name, arguments, at);
        }
        List<Callable> methods = type.info().methods(name);
        if (!methods.isEmpty()
                && isCallable(type.info(), methods.get(0))
                && instead(type.info(), name).isEmpty()) {
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
        String subject = info.isStruct() ? "struct " + info.name() : "'" + info.words() + "'";
        return subject + " has no function '" + name + "'" + instead(info, name);
    }

    private static String instead(ClassInfo info, String name) {
        return info.internalName().startsWith("java/") ? LibraryTypes.instead(name) : "";
    }

    private Value lengthOrNothing(Value object, String name, List<Expression> arguments, Expression at) {
        boolean asksLength = object.type() instanceof ArrayType
                && arguments.isEmpty()
                && (name.equals("size") || name.equals("length"));
        return asksLength
                ? new ArrayLength(object)
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
        List<Argument> arguments = body.overloads().read(written, constructors);
        Callable constructor =
                body.overloads().choose(constructors, arguments, type.info().name(), at);
        if (constructor == null) {
            return Constant.unknown();
        }
        Map<TypeParameter, Type> bindings = new LinkedHashMap<>(type.bindings());
        List<Value> values = body.passing().pass(constructor, arguments, bindings);
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
        List<Argument> arguments = body.overloads().read(written, candidates);
        Callable target = body.overloads().choose(candidates, arguments, name, at);
        if (target == null) {
            return Constant.unknown();
        }
        Map<TypeParameter, Type> bindings = body.passing().bindings(receiver, target);
        List<Value> values = body.passing().pass(target, arguments, bindings);
        return values == null ? Constant.unknown() : body.passing().invoke(target, receiver, values, bindings, at);
    }

    /** The values that a call of {@code target} passes, or null, and a report, if the arguments do not fit. */
    @Nullable
    public List<Value> values(Callable target, MethodCallExpression call) {
        return values(target, call.getArguments(), call);
    }

    /** The values that a call of {@code target} passes if it is written with {@code given} in the parentheses. */
    @Nullable
    List<Value> values(Callable target, Expression given, MethodCallExpression call) {
        List<Expression> written = arguments(given);
        if (written == null) {
            return null;
        }
        List<Argument> arguments = body.overloads().read(written, List.of(target));
        Callable chosen = body.overloads().choose(List.of(target), arguments, target.name(), call);
        return chosen == null ? null : body.passing().pass(chosen, arguments, new LinkedHashMap<>());
    }
}
