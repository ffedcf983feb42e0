package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.script.dialect.source.Marks;
import dev.tophalf.runtime.script.dialect.tree.Call;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.Value;
import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.Type;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.jspecify.annotations.Nullable;

/** Initialisers of structs that are storage: {@code ATOMIC_INIT(1)} fills the variable or member that it stands for. */
public final class InitialiserCalls {
    private final Body body;

    public InitialiserCalls(Body body) {
        this.body = body;
    }

    /** {@code storage}, filled by the initialiser that {@code initial} calls; null if it calls none. */
    @Nullable
    public Value fill(Value storage, Expression initial) {
        boolean plain = initial instanceof MethodCallExpression written && written.isImplicitThis();
        String name = plain ? ((MethodCallExpression) initial).getMethodAsString() : null;
        boolean own = name != null && !body.unit().file().declaredMethods(name).isEmpty();
        Method initialiser =
                name == null || own ? null : body.unit().kernel().api().initialiser(name);
        return initialiser == null ? null : fill(storage, initialiser, (MethodCallExpression) initial);
    }

    private Value fill(Value storage, Method initialiser, MethodCallExpression call) {
        Callable target = body.unit().types().function(initialiser);
        Type type = target.result();
        if (!type.words().equals(storage.type().words())) {
            return body.wrong(
                    call,
                    target.name() + "() initialises '" + type.words() + "', and this is '"
                            + storage.type().words() + "'");
        }
        Callable asWritten = new Callable(
                target.owner(),
                target.name(),
                target.parameters().subList(1, target.parameters().size()),
                type,
                target.storage(),
                true,
                target.varargs(),
                0);
        List<Value> written = body.calls().values(asWritten, named(asWritten, call), call);
        if (written == null || written.stream().anyMatch(value -> value.type().isUnknown())) {
            return Constant.unknown();
        }
        List<Value> all = new ArrayList<>(written);
        all.add(0, storage);
        return new Call(type, target, null, all, call.getLineNumber());
    }

    /** The arguments, with the text of {@code button.lock} where a name is wanted, as in C. */
    private static Expression named(Callable target, MethodCallExpression call) {
        boolean named =
                !target.parameters().isEmpty() && target.parameters().get(0).bareWord();
        return call.getArguments()
                .transformExpression(each -> named && each instanceof PropertyExpression ? text(each) : each);
    }

    private static Expression text(Expression place) {
        Expression text = new ConstantExpression(Marks.unmarkAll(place.getText()));
        text.setSourcePosition(place);
        return text;
    }
}
