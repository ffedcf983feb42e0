package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.script.dialect.names.Unit;
import dev.tophalf.runtime.script.dialect.source.Spelling;
import dev.tophalf.runtime.script.dialect.tree.Call;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.Place;
import dev.tophalf.runtime.script.dialect.tree.Read;
import dev.tophalf.runtime.script.dialect.tree.Value;
import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.ClassInfo;
import dev.tophalf.runtime.script.dialect.type.ClassType;
import dev.tophalf.runtime.script.dialect.type.Member;
import dev.tophalf.runtime.script.dialect.type.SpecialType;
import dev.tophalf.runtime.script.dialect.type.Type;
import dev.tophalf.runtime.script.dialect.type.TypeParameter;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.jspecify.annotations.Nullable;

/**
 * Definition macros: {@code DEVICE_ATTR_RO(presses)} at the top level declares {@code dev_attr_presses}. What makes
 * nothing but a variable may stand in a function too, as {@code LIST_HEAD(done)} does.
 */
public final class Macros {
    private final Unit unit;

    public Macros(Unit unit) {
        this.unit = unit;
    }

    /** The macro that {@code expression} calls, or null. */
    @Nullable
    public Method macro(Expression expression) {
        boolean plain = expression instanceof MethodCallExpression call && call.isImplicitThis();
        String name = plain ? ((MethodCallExpression) expression).getMethodAsString() : null;
        boolean own = name != null && !unit.file().declaredMethods(name).isEmpty();
        return name == null || own ? null : unit.kernel().api().macro(name);
    }

    /** Declares the variable that a macro defines, if it does. */
    public void declare(MethodCallExpression call, Method macro, Body body) {
        String variable = variable(call, macro);
        if (variable != null) {
            Type type = unit.types().function(macro).result();
            boolean isArray = type instanceof TypeParameter;
            Member member = new Member(unit.file(), variable, isArray ? array(call, body) : type, true);
            unit.declare(isArray ? member.asFinal() : member, call);
        }
    }

    /** The array type that the first argument stands for. */
    private static Type array(MethodCallExpression call, Body body) {
        Expression element = ((TupleExpression) call.getArguments()).getExpression(0);
        Type array = Places.structNamed(body.expressions().arrayOf(element));
        return array == null ? SpecialType.UNKNOWN : array;
    }

    /** The name of the variable that the call defines, or null. */
    @Nullable
    public String variable(MethodCallExpression call, Method macro) {
        String pattern = macro.getAnnotation(DefinitionMacro.class).declares();
        String word = pattern.isEmpty() ? null : firstWord(call, macro);
        return word == null ? null : pattern.replace("%s", word);
    }

    private static @Nullable String firstWord(MethodCallExpression call, Method macro) {
        if (!(call.getArguments() instanceof TupleExpression arguments)) {
            return null;
        }
        int index = 0;
        for (Parameter parameter : macro.getParameters()) {
            if (isWritten(parameter)) {
                if (parameter.isAnnotationPresent(DefinitionMacro.Name.class)) {
                    return index < arguments.getExpressions().size()
                            ? Places.bareWord(arguments.getExpression(index))
                            : null;
                }
                index++;
            }
        }
        return null;
    }

    private static boolean isWritten(Parameter parameter) {
        return !parameter.isAnnotationPresent(DefinitionMacro.Derived.class)
                && !parameter.isAnnotationPresent(DefinitionMacro.FileScope.class);
    }

    /** The call of the macro's method. */
    public Value call(MethodCallExpression call, Method macro, Body body) {
        Callable target = unit.types().function(macro);
        List<Value> written = body.calls().values(asWritten(target, macro), call);
        if (written == null) {
            return Constant.unknown();
        }
        String word = firstWord(call, macro);
        List<Value> all = new ArrayList<>();
        int next = 0;
        Parameter[] parameters = macro.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            if (isWritten(parameters[i])) {
                all.add(written.get(next++));
            } else {
                all.add(supplied(parameters[i], target.parameterType(i), word, call, body));
            }
        }
        boolean unknown = all.stream().anyMatch(value -> value.type().isUnknown());
        boolean isArray = target.result() instanceof TypeParameter;
        Type result = isArray ? array(call, body) : target.result();
        return unknown ? Constant.unknown() : new Call(result, target, null, all, call.getLineNumber());
    }

    /** The macro with the parameters that a caller writes. */
    private static Callable asWritten(Callable target, Method macro) {
        List<Callable.Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < target.parameters().size(); i++) {
            if (isWritten(macro.getParameters()[i])) {
                parameters.add(target.parameters().get(i));
            }
        }
        return new Callable(
                target.owner(),
                target.name(),
                parameters,
                target.result(),
                target.storage(),
                true,
                target.varargs(),
                0);
    }

    private Value supplied(
            Parameter parameter, Type type, @Nullable String word, MethodCallExpression call, Body body) {
        DefinitionMacro.Derived derived = parameter.getAnnotation(DefinitionMacro.Derived.class);
        if (derived == null) {
            ClassInfo classInfo = unit.types().info(Class.class);
            ClassType file = unit.file().type();
            return Constant.struct(new ClassType(classInfo, List.of(file)), file);
        }
        if (word == null) {
            return Constant.unknown();
        }
        String name = derived.value().replace("%s", word);
        Member variable = unit.variable(name);
        if (variable != null) {
            return body.conversions().convert(new Read(Place.of(variable, null)), type, call);
        }
        List<Callable> functions = unit.functions(name);
        if (!functions.isEmpty()) {
            return body.conversions().convert(new FunctionName(functions), type, call);
        }
        boolean wantsFunction =
                type instanceof ClassType pointer && pointer.info().function() != null;
        List<String> known = new ArrayList<>(
                wantsFunction ? unit.file().declaredMethodNames() : unit.file().declaredMembers());
        return body.wrong(
                call,
                call.getMethodAsString() + "(" + word + ") needs a " + (wantsFunction ? "function" : "variable") + " '"
                        + name + "'" + Spelling.hint(name, known));
    }

    /** The macro that {@code expression} calls if it declares a local variable there, or null. */
    @Nullable
    Method local(Expression expression) {
        Method macro = macro(expression);
        boolean plain = macro != null
                && macro.getAnnotation(DefinitionMacro.class).declares().equals("%s")
                && Arrays.stream(macro.getParameters()).allMatch(Macros::isWritten);
        return plain ? macro : null;
    }
}
