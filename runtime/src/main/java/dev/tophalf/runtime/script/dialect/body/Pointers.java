package dev.tophalf.runtime.script.dialect.body;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableMap;
import dev.tophalf.runtime.script.dialect.tree.Block;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.FunctionPointerLiteral;
import dev.tophalf.runtime.script.dialect.tree.Local;
import dev.tophalf.runtime.script.dialect.tree.ShareParameters;
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
import java.util.function.Supplier;
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
                return new FunctionPointerLiteral((ClassType) target, () -> function, List.of(), at.getLineNumber());
            }
        }
        return body.wrong(at, mismatch(name.functions().get(0), wanted, (ClassType) target));
    }

    /** {@code 'h' is int h(String), but irq_handler_t is int (*)(int, void *)}. */
    private static String mismatch(Callable function, Callable wanted, ClassType target) {
        return "'" + function.name() + "' is " + function.result().words() + " " + function.name()
                + function.parameterWords(false) + ", but " + target.words() + " is "
                + pointerWords(wanted.substitute(target.bindings()));
    }

    /** {@code int (*)(int, void *)}. */
    private static String pointerWords(Callable function) {
        return function.result().words() + " (*)" + function.parameterWords(false);
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
            return body.wrong(block, "a block '{ ... }' where '" + target.words() + "' is expected");
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
                                    + pointerWords(wanted.substitute(target.bindings())));
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
        BlockFunction function = compile(block, parameters, declared instanceof TypeParameter ? null : declared);
        if (function.result().isVoid() && !declared.isVoid()) {
            return body.wrong(block, "the block returns nothing where a value is expected");
        }
        return function.pointer(known(target, wanted, function.result()));
    }

    /** A block of code with nothing around it that says what it takes: its own parameters do. */
    Value block(ClosureExpression block) {
        List<Local> parameters = new ArrayList<>();
        Parameter[] written = block.getParameters();
        for (Parameter parameter : written == null ? Parameter.EMPTY_ARRAY : written) {
            if (ClassHelper.isDynamicTyped(parameter.getType())) {
                return body.wrong(
                        parameter, "write the type of '" + parameter.getName() + "': nothing here tells what it is");
            }
            parameters.add(new Local(parameter.getName(), body.types().read(parameter.getType(), parameter)));
        }
        BlockFunction function = compile(block, parameters, null);
        if (function.result().isUnknown()) {
            return Constant.unknown();
        }
        ScriptClass type = new ScriptClass(
                body.unit().file().name() + "$" + function.name(),
                true,
                body.unit().types().object());
        List<Callable.Parameter> signature = signature(parameters);
        Type result = function.result();
        Callable call =
                new Callable(type, "call", signature, result, result.descriptor(), false, false, block.getLineNumber());
        type.add(call);
        type.setWords(pointerWords(call));
        body.output().add(type);
        body.output().add(type, new Output.Function(call, List.of(), null));
        return function.pointer(type.type());
    }

    private static List<Callable.Parameter> signature(List<Local> parameters) {
        return parameters.stream()
                .map(local -> new Callable.Parameter(local.name(), local.type()))
                .toList();
    }

    /** A block of code as a function of the file. */
    private final class BlockFunction {
        private final ClosureExpression block;
        private final FunctionContext context;
        private final List<Local> parameters;
        private final Map<Local, Local> captured;
        private final Supplier<Callable> callable = Suppliers.memoize(this::callable);

        BlockFunction(ClosureExpression block, FunctionContext context, List<Local> parameters) {
            this.block = block;
            this.context = context;
            this.parameters = parameters;
            this.captured = context.locals().captured();
        }

        String name() {
            return context.name();
        }

        Type result() {
            Type result = context.result();
            return result == null ? SpecialType.VOID : result;
        }

        Value pointer(ClassType type) {
            return new FunctionPointerLiteral(type, callable, List.copyOf(captured.keySet()), block.getLineNumber());
        }

        /** The function, which takes first what the block captures; it is known when all of the script has been read. */
        private Callable callable() {
            List<Callable.Parameter> all = new ArrayList<>();
            for (Local local : captured.values()) {
                all.add(new Callable.Parameter(local.name(), local.type(), local.descriptor(), null));
            }
            all.addAll(signature(parameters));
            Type result = result();
            return new Callable(
                    body.unit().file(), name(), all, result, result.descriptor(), true, false, block.getLineNumber());
        }

        void publish(Block code) {
            List<Local> all = new ArrayList<>(captured.values());
            all.addAll(parameters);
            Block whole = new Block(List.of(new ShareParameters(parameters), code));
            body.output().add(body.unit().file(), new Output.Function(callable.get(), all, whole));
        }
    }

    private BlockFunction compile(ClosureExpression block, List<Local> parameters, @Nullable Type result) {
        FunctionContext outer = body.context();
        Locals locals = new Locals(outer.locals());
        FunctionContext context =
                new FunctionContext(outer.nextBlockName(), result, outer.self(), locals, outer.typeParameters());
        parameters.stream().filter(local -> !local.name().isEmpty()).forEach(locals::declare);
        Body inner = new Body(body.unit(), body.output(), context);
        Block code = new Statements(inner).functionBody(block.getCode(), block, true);
        BlockFunction function = new BlockFunction(block, context, parameters);
        body.unit().later(() -> function.publish(code));
        return function;
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
}
