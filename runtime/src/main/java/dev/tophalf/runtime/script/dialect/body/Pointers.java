package dev.tophalf.runtime.script.dialect.body;

import com.google.common.collect.ImmutableMap;
import dev.tophalf.runtime.script.dialect.tree.Block;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.FunctionPointerLiteral;
import dev.tophalf.runtime.script.dialect.tree.Local;
import dev.tophalf.runtime.script.dialect.tree.Place;
import dev.tophalf.runtime.script.dialect.tree.Read;
import dev.tophalf.runtime.script.dialect.tree.Value;
import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.ClassType;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.ScriptClass;
import dev.tophalf.runtime.script.dialect.type.SpecialType;
import dev.tophalf.runtime.script.dialect.type.Type;
import dev.tophalf.runtime.script.dialect.type.TypeParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.jspecify.annotations.Nullable;

/** Functions as values: a function's name, or a block of code, where a function pointer is wanted. */
public final class Pointers {
    private final Body body;

    Pointers(Body body) {
        this.body = body;
    }

    /** A pointer of type {@code target} to a function. */
    Value pointer(FunctionName name, Type target, ASTNode at) {
        if (target.isUnknown()) {
            return Constant.unknown();
        }
        Callable wanted = target instanceof ClassType type ? type.info().function() : null;
        if (wanted == null) {
            return body.wrong(
                    at,
                    "'" + name.name() + "' is a function where '" + target.words() + "' is expected;"
                            + " its pointer needs a place of a function pointer type");
        }
        for (Callable function : name.functions()) {
            if (fits(function, wanted, (ClassType) target)) {
                return new FunctionPointerLiteral((ClassType) target, function, List.of(), at.getLineNumber());
            }
        }
        return body.wrong(at, mismatch(name.functions().get(0), wanted, (ClassType) target));
    }

    /** {@code 'h' is int h(String), but irq_handler_t is int (*)(int, void *)}. */
    private static String mismatch(Callable function, Callable wanted, ClassType target) {
        return "'" + function.name() + "' is " + function.result().words() + " " + function.name()
                + function.parameterWords(false) + ", but " + target.words() + " is "
                + wanted.result().substitute(target.bindings()).words() + " (*)" + wanted.parameterWords(false);
    }

    /** Whether a pointer of type {@code target} can point to the function. */
    boolean fits(FunctionName name, Type target) {
        Callable wanted = target instanceof ClassType type ? type.info().function() : null;
        return wanted != null
                && name.functions().stream().anyMatch(function -> fits(function, wanted, (ClassType) target));
    }

    private static boolean fits(Callable function, Callable wanted, ClassType target) {
        if (function.varargs()
                || function.parameters().size() != wanted.parameters().size()) {
            return false;
        }
        Map<TypeParameter, Type> bindings = target.bindings();
        for (int i = 0; i < wanted.parameters().size(); i++) {
            if (!takes(function.parameterType(i), wanted.parameterType(i).substitute(bindings))) {
                return false;
            }
        }
        return returns(function.result(), wanted.result().substitute(bindings));
    }

    /** Whether what is passed for a {@code given} parameter can arrive as an {@code own} one. */
    private static boolean takes(Type own, Type given) {
        if (given instanceof IntegerType || own instanceof IntegerType) {
            boolean alike = given instanceof IntegerType
                    && own instanceof IntegerType
                    && own.descriptor().equals(given.descriptor());
            return alike || given instanceof TypeParameter;
        }
        if (own instanceof ClassType mine && given instanceof ClassType passed) {
            return passed.info().isA(mine.info());
        }
        return own.descriptor().equals(given.descriptor()) || given instanceof TypeParameter;
    }

    private static boolean returns(Type own, Type wanted) {
        if (wanted.isVoid() || own.isVoid()) {
            return wanted.isVoid() && own.isVoid();
        }
        if (own instanceof ClassType mine && wanted instanceof ClassType expected) {
            return mine.info().isA(expected.info());
        }
        return own.descriptor().equals(wanted.descriptor()) || wanted instanceof TypeParameter;
    }

    /** A block of code where a {@code target} is wanted. */
    Value block(ClosureExpression block, Type target) {
        if (target.isUnknown()) {
            return Constant.unknown();
        }
        Callable wanted = target instanceof ClassType type ? type.info().function() : null;
        if (wanted == null) {
            return body.wrong(
                    block,
                    target.isVoid()
                            ? "a block '{ ... }' stands where a function is expected; give the function a name"
                            : "a block '{ ... }' where '" + target.words() + "' is expected");
        }
        List<Local> parameters = parameters(block, wanted, (ClassType) target);
        return parameters == null ? Constant.unknown() : block(block, parameters, wanted, (ClassType) target);
    }

    private @Nullable List<Local> parameters(ClosureExpression block, Callable wanted, ClassType target) {
        int count = wanted.parameters().size();
        Parameter[] written = block.getParameters();
        boolean implicit = written != null && written.length == 0;
        List<Local> parameters = new ArrayList<>();
        if (implicit) {
            for (int i = 0; i < count; i++) {
                parameters.add(new Local(count == 1 ? "it" : "", given(wanted, i, target)));
            }
            return parameters;
        }
        int length = written == null ? 0 : written.length;
        if (length != count) {
            body.unit()
                    .report(
                            block,
                            "the block takes " + length + " parameters, but " + target.words() + " is "
                                    + wanted.result().words() + " (*)" + wanted.parameterWords(false));
            return null;
        }
        for (int i = 0; i < count; i++) {
            parameters.add(parameter(written[i], given(wanted, i, target)));
        }
        return parameters;
    }

    private Type given(Callable wanted, int index, ClassType target) {
        Type type = wanted.parameterType(index).substitute(target.bindings());
        return type instanceof TypeParameter ? body.unit().types().object() : type;
    }

    private Local parameter(Parameter written, Type given) {
        if (ClassHelper.isDynamicTyped(written.getType())) {
            return new Local(written.getName(), given);
        }
        Type own = body.types().read(written.getType(), written);
        IntegerType boxed = Conversions.integerOf(given);
        boolean unboxes = own instanceof IntegerType && boxed != null && !given.equals(own);
        if (!own.isUnknown() && !takes(own, given) && !unboxes) {
            body.unit()
                    .report(
                            written,
                            "'" + own.words() + " " + written.getName() + "' where '" + given.words() + "' is passed");
        }
        return new Local(written.getName(), unboxes ? given : own);
    }

    private Value block(ClosureExpression block, List<Local> parameters, Callable wanted, ClassType target) {
        Type declared = wanted.result().substitute(target.bindings());
        FunctionContext outer = body.context();
        Locals locals = new Locals(outer.locals());
        String name = outer.nextBlockName();
        Type result = declared instanceof TypeParameter ? null : declared;
        FunctionContext context = new FunctionContext(name, result, outer.self(), locals);
        parameters.stream().filter(local -> !local.name().isEmpty()).forEach(locals::declare);
        Body inner = new Body(body.unit(), body.output(), context);
        Block code = new Statements(inner).functionBody(block.getCode(), block, true);
        Type returned = context.result() == null ? SpecialType.VOID : context.result();
        body.unit().later(() -> checkConstant(locals.captured(), block));
        return publish(block, parameters, locals, code, context, returned, target, wanted);
    }

    private Value publish(
            ClosureExpression block,
            List<Local> parameters,
            Locals locals,
            Block code,
            FunctionContext context,
            Type returned,
            ClassType target,
            Callable wanted) {
        List<Local> all = new ArrayList<>(locals.captured().values());
        all.addAll(parameters);
        ScriptClass owner = body.unit().file();
        List<Callable.Parameter> signature = all.stream()
                .map(local -> new Callable.Parameter(local.name(), local.type()))
                .toList();
        Callable function = new Callable(
                owner, context.name(), signature, returned, returned.descriptor(), true, false, block.getLineNumber());
        body.output().add(owner, new Output.Function(function, all, code));
        List<Value> captured = locals.captured().keySet().stream()
                .<Value>map(local -> new Read(Place.of(local)))
                .toList();
        ClassType known = known(target, wanted, returned);
        return new FunctionPointerLiteral(known, function, captured, block.getLineNumber());
    }

    /** {@code target}, where what the block returns tells a type parameter. */
    private ClassType known(ClassType target, Callable wanted, Type returned) {
        Type result = wanted.result().substitute(target.bindings());
        if (!(result instanceof TypeParameter variable) || returned.isVoid()) {
            return target;
        }
        Type reference =
                returned instanceof IntegerType integer ? body.conversions().box(integer) : returned;
        return (ClassType) target.substitute(ImmutableMap.of(variable, reference));
    }

    /** A block sees the variables around it as they are when it is made; they must not change. */
    private void checkConstant(Map<Local, Local> captured, ClosureExpression block) {
        for (Map.Entry<Local, Local> variable : captured.entrySet()) {
            boolean stored =
                    variable.getKey().stores() > 0 || variable.getValue().stores() > 0;
            if (stored) {
                body.unit()
                        .report(
                                block,
                                "the block uses '" + variable.getKey().name()
                                        + "', which changes; keep it in a struct or at the top level of the file");
            }
        }
    }
}
