package dev.tophalf.runtime.script.dialect;

import dev.tophalf.runtime.script.dialect.body.Body;
import dev.tophalf.runtime.script.dialect.body.Declarations;
import dev.tophalf.runtime.script.dialect.body.FunctionContext;
import dev.tophalf.runtime.script.dialect.body.FunctionName;
import dev.tophalf.runtime.script.dialect.body.Locals;
import dev.tophalf.runtime.script.dialect.body.Macros;
import dev.tophalf.runtime.script.dialect.body.Output;
import dev.tophalf.runtime.script.dialect.body.Statements;
import dev.tophalf.runtime.script.dialect.names.TypeReader;
import dev.tophalf.runtime.script.dialect.names.Unit;
import dev.tophalf.runtime.script.dialect.source.Marks;
import dev.tophalf.runtime.script.dialect.tree.Block;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.Convert;
import dev.tophalf.runtime.script.dialect.tree.Evaluate;
import dev.tophalf.runtime.script.dialect.tree.Local;
import dev.tophalf.runtime.script.dialect.tree.Place;
import dev.tophalf.runtime.script.dialect.tree.Return;
import dev.tophalf.runtime.script.dialect.tree.Step;
import dev.tophalf.runtime.script.dialect.tree.Steps;
import dev.tophalf.runtime.script.dialect.tree.Store;
import dev.tophalf.runtime.script.dialect.tree.Value;
import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.ClassType;
import dev.tophalf.runtime.script.dialect.type.Member;
import dev.tophalf.runtime.script.dialect.type.SpecialType;
import dev.tophalf.runtime.script.dialect.type.Type;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.jspecify.annotations.Nullable;

/**
 * The top level of a file. A variable there is a static field, which the function {@code run} gives its first value
 * where the source declares it, so that order and cost are the source's.
 */
final class FileScope {
    private final Unit unit;
    private final Macros macros;
    private final Body body;
    private final Statements statements;
    private final Declarations declarations;
    private final Map<String, Integer> lines = new TreeMap<>();

    FileScope(Unit unit, Output output) {
        this.unit = unit;
        this.macros = new Macros(unit);
        Locals locals = new Locals(null);
        FunctionContext context = new FunctionContext("run", unit.types().object(), null, locals);
        this.body = new Body(unit, output, context);
        this.statements = new Statements(body);
        this.declarations = new Declarations(body);
    }

    /** Declares the variables whose types are written, so that the whole file sees them. */
    void declareVariables(List<Statement> top) {
        TypeReader types = new TypeReader(unit, List.of());
        for (Statement statement : top) {
            Expression expression =
                    statement instanceof ExpressionStatement each ? each.getExpression() : EmptyExpression.INSTANCE;
            Method macro = macros.macro(expression);
            if (macro != null) {
                MethodCallExpression call = (MethodCallExpression) expression;
                macros.declare(call, macro, body);
                String name = macros.variable(call, macro);
                if (name != null) {
                    lines.put(name, call.getLineNumber());
                }
            } else if (expression instanceof DeclarationExpression declaration) {
                for (VariableExpression variable : Declarations.variables(declaration)) {
                    if (!TypeReader.isOmitted(variable.getOriginType())) {
                        declare(variable, types.read(variable.getOriginType(), variable));
                    }
                }
            }
        }
    }

    private Member declare(VariableExpression variable, Type type) {
        String name = Marks.unmark(variable.getName());
        Type known = type;
        if (type.isVoid()) {
            unit.report(variable, "variable '" + name + "' declared void");
            known = SpecialType.UNKNOWN;
        }
        Member plain = new Member(unit.file(), name, known, true);
        Member member = Modifier.isFinal(variable.getModifiers()) ? plain.asFinal() : plain;
        unit.declare(member, variable);
        lines.put(name, variable.getLineNumber());
        return member;
    }

    /** The line where a variable is declared. */
    int line(String variable) {
        return lines.getOrDefault(variable, 0);
    }

    /** The function that runs the top level. */
    Output.Function run(List<Statement> top) {
        Local self = new Local("", unit.file().type());
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < top.size(); i++) {
            boolean last = i == top.size() - 1;
            steps.add(step(top.get(i), last));
        }
        steps.add(new Return(Constant.nothing(unit.types().object()), 0));
        ClassType object = unit.types().object();
        Callable run = new Callable(unit.file(), "run", List.of(), object, object.descriptor(), false, false, 0);
        return new Output.Function(run, List.of(self), new Block(steps));
    }

    private Step step(Statement statement, boolean last) {
        Expression expression =
                statement instanceof ExpressionStatement each ? each.getExpression() : EmptyExpression.INSTANCE;
        if (expression instanceof DeclarationExpression declaration) {
            return define(declaration);
        }
        Method macro = macros.macro(expression);
        if (macro != null) {
            return define((MethodCallExpression) expression, macro);
        }
        boolean yields = last && !(expression instanceof EmptyExpression);
        return yields ? lastValue(expression) : statements.step(statement);
    }

    /** The last expression, whose value the prompt shows. */
    private Step lastValue(Expression expression) {
        Value value = body.expressions().value(expression);
        if (value instanceof FunctionName || value.type().isVoid()) {
            return value instanceof FunctionName
                    ? statements.expression(expression)
                    : new Evaluate(value, expression.getLineNumber());
        }
        if (value.type().isUnknown()) {
            return new Block(List.of());
        }
        Value boxed = body.conversions().boxed(value);
        return new Return(Convert.to(unit.types().object(), boxed), expression.getLineNumber());
    }

    private Step define(DeclarationExpression declaration) {
        List<VariableExpression> variables = Declarations.variables(declaration);
        if (!declaration.isMultipleAssignmentDeclaration()) {
            return define(variables.get(0), declaration.getRightExpression());
        }
        List<Expression> values =
                declarations.elements(declaration.getRightExpression(), variables.size(), declaration);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            steps.add(define(variables.get(i), values.get(i)));
        }
        return new Steps(steps);
    }

    private Step define(VariableExpression variable, Expression initial) {
        boolean empty = initial == null || initial instanceof EmptyExpression;
        String name = Marks.unmark(variable.getName());
        if (TypeReader.isOmitted(variable.getOriginType())) {
            return empty ? untold(variable, name) : infer(variable, name, initial);
        }
        Member member = unit.file().declaredMember(name);
        if (member == null) {
            return new Block(List.of());
        }
        Value value =
                empty ? declarations.first(member.type(), name) : declarations.initial(member.type(), name, initial);
        return store(member, value, variable);
    }

    private Step untold(VariableExpression variable, String name) {
        unit.report(variable, "write the type of '" + name + "' instead of 'def'");
        declare(variable, SpecialType.UNKNOWN);
        return new Block(List.of());
    }

    private Step infer(VariableExpression variable, String name, Expression initial) {
        Value value = body.expressions().value(initial);
        Member member = declare(variable, declarations.inferred(value, name, variable));
        return store(member, value, variable);
    }

    private Step define(MethodCallExpression call, Method macro) {
        Value value = macros.call(call, macro, body);
        String name = macros.variable(call, macro);
        Member member = name == null ? null : unit.file().declaredMember(name);
        if (member == null || value.type().isUnknown()) {
            return new Evaluate(value, call.getLineNumber());
        }
        return store(member, value, call);
    }

    private Step store(@Nullable Member member, Value value, ASTNode at) {
        if (member == null || value.type().isUnknown() || member.type().isUnknown()) {
            return new Steps(List.of());
        }
        if (member.isFinal() && value instanceof Constant constant && constant.constant() != null) {
            unit.constants().put(member.name(), constant);
        }
        int line = at.getLineNumber();
        return new Evaluate(new Store(Place.of(member, null), value, line), line);
    }
}
