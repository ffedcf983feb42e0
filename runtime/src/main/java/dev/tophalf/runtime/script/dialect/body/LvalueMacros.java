package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.contract.LvalueMacro;
import dev.tophalf.runtime.script.dialect.source.Marks;
import dev.tophalf.runtime.script.dialect.tree.Call;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.MarkedAccess;
import dev.tophalf.runtime.script.dialect.tree.Place;
import dev.tophalf.runtime.script.dialect.tree.Value;
import dev.tophalf.runtime.script.dialect.type.Callable;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.expr.Expression;
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
        Method macro = body.unit().kernel().lvalueMacro(name);
        return macro == null || !body.unit().file().declaredMethods(name).isEmpty() ? null : call(macro, arguments, at);
    }

    private Value call(Method macro, List<Expression> arguments, Expression at) {
        LvalueMacro.Access access = macro.getAnnotation(LvalueMacro.class).value();
        int wanted = 1 + operands(access);
        if (arguments.size() != wanted) {
            return body.wrong(
                    at,
                    "too " + (arguments.size() < wanted ? "few" : "many") + " arguments to macro '" + macro.getName()
                            + "': it takes a place" + (wanted == 1 ? "" : " and " + (wanted - 1) + " more"));
        }
        Expression lvalue = arguments.get(0);
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
        for (Expression argument : arguments.subList(1, wanted)) {
            values.add(body.expressions().value(argument, place.type()));
        }
        boolean unknown = values.stream().anyMatch(value -> value.type().isUnknown());
        return unknown
                ? Constant.unknown()
                : new MarkedAccess(MarkedAccess.Kind.valueOf(access.name()), marker(macro, lvalue, at), place, values);
    }

    private static int operands(LvalueMacro.Access access) {
        return switch (access) {
            case READ -> 0;
            case WRITE, EXCHANGE -> 1;
            case COMPARE_EXCHANGE -> 2;
        };
    }

    private Value marker(Method macro, Expression lvalue, Expression at) {
        Callable target = body.unit().types().function(macro);
        List<Value> arguments = target.parameters().isEmpty()
                ? List.of()
                : List.of(Constant.text(body.unit().string(), Marks.unmarkAll(lvalue.getText())));
        return new Call(target.result(), target, null, arguments, at.getLineNumber());
    }
}
