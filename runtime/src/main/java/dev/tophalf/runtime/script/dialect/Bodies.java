package dev.tophalf.runtime.script.dialect;

import dev.tophalf.runtime.script.dialect.body.Body;
import dev.tophalf.runtime.script.dialect.body.FunctionContext;
import dev.tophalf.runtime.script.dialect.body.InitialiserCalls;
import dev.tophalf.runtime.script.dialect.body.Locals;
import dev.tophalf.runtime.script.dialect.body.Output;
import dev.tophalf.runtime.script.dialect.body.Statements;
import dev.tophalf.runtime.script.dialect.names.Unit;
import dev.tophalf.runtime.script.dialect.tree.Block;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.ConstructorCall;
import dev.tophalf.runtime.script.dialect.tree.Embed;
import dev.tophalf.runtime.script.dialect.tree.Evaluate;
import dev.tophalf.runtime.script.dialect.tree.Local;
import dev.tophalf.runtime.script.dialect.tree.Place;
import dev.tophalf.runtime.script.dialect.tree.Read;
import dev.tophalf.runtime.script.dialect.tree.Return;
import dev.tophalf.runtime.script.dialect.tree.ShareParameters;
import dev.tophalf.runtime.script.dialect.tree.Step;
import dev.tophalf.runtime.script.dialect.tree.Store;
import dev.tophalf.runtime.script.dialect.tree.Value;
import dev.tophalf.runtime.script.dialect.tree.Wrapped;
import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.ClassType;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.Member;
import dev.tophalf.runtime.script.dialect.type.ScriptClass;
import dev.tophalf.runtime.script.dialect.type.SpecialType;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ConstructorNode;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.stmt.Statement;
import org.jspecify.annotations.Nullable;

/** The bodies of functions, methods and constructors. */
final class Bodies {
    private final Unit unit;
    private final Output output;

    Bodies(Unit unit, Output output) {
        this.unit = unit;
        this.output = output;
    }

    /** Compiles a function of the file. */
    void function(MethodNode method) {
        for (Callable function : unit.file().declaredMethods(method.getName())) {
            if (function.line() == method.getLineNumber()) {
                compile(function, null, method.getCode(), method);
            }
        }
    }

    /** Compiles what a struct does: its constructors and methods. */
    void struct(ScriptClass struct, ClassNode node) {
        if (node.isInterface()) {
            struct.declaredMethodNames().stream()
                    .flatMap(name -> struct.declaredMethods(name).stream())
                    .forEach(function -> output.add(struct, new Output.Function(function, List.of(), null)));
            return;
        }
        List<MethodNode> methods = node.getMethods();
        for (MethodNode method : methods) {
            for (Callable callable : struct.declaredMethods(method.getName())) {
                if (callable.line() == method.getLineNumber() && !method.isAbstract()) {
                    compile(callable, struct, method.getCode(), method);
                }
            }
        }
        List<ConstructorNode> constructors = node.getDeclaredConstructors();
        for (int i = 0; i < struct.constructors().size(); i++) {
            ConstructorNode written = constructors.isEmpty() ? null : constructors.get(i);
            constructor(struct, struct.constructors().get(i), node, written);
        }
        variables(struct, node);
    }

    private void compile(Callable function, @Nullable ScriptClass struct, @Nullable Statement code, MethodNode at) {
        Locals locals = new Locals(null);
        List<Local> parameters = new ArrayList<>();
        ScriptClass self = function.isStatic() ? null : struct;
        if (self != null) {
            parameters.add(new Local("this", self.type()));
        }
        function.parameters().forEach(parameter -> parameters.add(new Local(parameter.name(), parameter.type())));
        declare(locals, parameters, at);
        FunctionContext context = new FunctionContext(
                function.name(), function.result(), struct, locals, Heads.typeParameters(at, struct));
        Body body = new Body(unit, output, context);
        List<Step> steps = new ArrayList<>();
        steps.add(new ShareParameters(parameters));
        for (Local parameter : parameters) {
            if (parameter.type() instanceof IntegerType integer && Wrapped.isNeeded(integer)) {
                steps.add(Wrapped.parameter(parameter, function.line()));
            }
        }
        steps.add(new Statements(body).functionBody(code, end(at), false));
        output.add((ScriptClass) function.owner(), new Output.Function(function, parameters, new Block(steps)));
    }

    private void declare(Locals locals, List<Local> parameters, ASTNode at) {
        for (Local parameter : parameters) {
            if (!locals.declare(parameter)) {
                unit.report(at, "redefinition of parameter '" + parameter.name() + "'");
            }
        }
        locals.open();
    }

    /** Where a function ends, which is where a missing return belongs. */
    private static ASTNode end(ASTNode function) {
        ASTNode end = new ASTNode();
        end.setLineNumber(function.getLastLineNumber());
        end.setColumnNumber(Math.max(function.getLastColumnNumber() - 1, 1));
        end.setLastLineNumber(function.getLastLineNumber());
        return end;
    }

    /** A constructor: the superclass's, then the members' first values, then its own code. */
    private void constructor(
            ScriptClass struct, Callable constructor, ClassNode node, @Nullable ConstructorNode written) {
        Locals locals = new Locals(null);
        List<Local> parameters = new ArrayList<>();
        Local self = new Local("this", struct.type());
        parameters.add(self);
        Locals ofMembers = new Locals(null);
        ofMembers.declare(self);
        Body initial = new Body(unit, output, new FunctionContext(struct.name(), SpecialType.VOID, struct, ofMembers));
        List<Step> steps = new ArrayList<>();
        ClassType superclass = struct.superclass();
        if (superclass != null) {
            steps.add(new Evaluate(new ConstructorCall(superclass, new Read(Place.of(self))), constructor.line()));
        }
        for (FieldNode field : node.getFields()) {
            Step step = field.isStatic() ? null : firstValue(struct, field, self, initial);
            if (step != null) {
                steps.add(step);
            }
        }
        constructor.parameters().forEach(parameter -> parameters.add(new Local(parameter.name(), parameter.type())));
        declare(locals, parameters, written == null ? node : written);
        Body own = new Body(unit, output, new FunctionContext(struct.name(), SpecialType.VOID, struct, locals));
        steps.add(new ShareParameters(parameters));
        steps.add(new Statements(own)
                .functionBody(
                        written == null ? null : written.getCode(), end(written == null ? node : written), false));
        output.add(struct, new Output.Function(constructor, parameters, new Block(steps)));
    }

    private @Nullable Step firstValue(ScriptClass struct, FieldNode field, @Nullable Local self, Body body) {
        Member member = struct.declaredMember(field.getName());
        Expression written = field.getInitialExpression();
        if (member == null || (written == null && !member.isEmbedded())) {
            return null;
        }
        Value container = self == null ? null : new Read(Place.of(self));
        Value value;
        Value storage = member.isEmbedded() ? new Embed((ClassType) member.type(), member.name(), container) : null;
        Value filled = storage == null || written == null ? storage : new InitialiserCalls(body).fill(storage, written);
        if (filled != null) {
            value = filled;
        } else if (member.isEmbedded()) {
            unit.report(
                    written,
                    "'" + member.name() + "' is storage for a " + member.type().words() + " and needs no value here");
            value = Constant.unknown();
        } else {
            value = body.expressions().value(written, member.type());
        }
        return value.type().isUnknown()
                ? null
                : new Evaluate(
                        new Store(Place.of(member, container), value, field.getLineNumber()), field.getLineNumber());
    }

    /** The static initialiser, for the static members that have first values. */
    private void variables(ScriptClass struct, ClassNode node) {
        Body body =
                new Body(unit, output, new FunctionContext(struct.name(), SpecialType.VOID, null, new Locals(null)));
        List<Step> steps = new ArrayList<>();
        for (FieldNode field : node.getFields()) {
            Step step = field.isStatic() ? firstValue(struct, field, null, body) : null;
            if (step != null) {
                steps.add(step);
            }
        }
        if (!steps.isEmpty()) {
            steps.add(new Return(null, 0));
            Callable initialiser = new Callable(struct, "<clinit>", List.of(), SpecialType.VOID, "V", true, false, 0);
            output.add(struct, new Output.Function(initialiser, List.of(), new Block(steps)));
        }
    }
}
