package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.script.dialect.names.TypeReader;
import dev.tophalf.runtime.script.dialect.source.Marks;
import dev.tophalf.runtime.script.dialect.tree.Block;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.Declare;
import dev.tophalf.runtime.script.dialect.tree.Embed;
import dev.tophalf.runtime.script.dialect.tree.Evaluate;
import dev.tophalf.runtime.script.dialect.tree.Local;
import dev.tophalf.runtime.script.dialect.tree.Place;
import dev.tophalf.runtime.script.dialect.tree.Read;
import dev.tophalf.runtime.script.dialect.tree.Step;
import dev.tophalf.runtime.script.dialect.tree.Steps;
import dev.tophalf.runtime.script.dialect.tree.Store;
import dev.tophalf.runtime.script.dialect.tree.Value;
import dev.tophalf.runtime.script.dialect.type.ClassType;
import dev.tophalf.runtime.script.dialect.type.SpecialType;
import dev.tophalf.runtime.script.dialect.type.Type;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;

/** Declarations of variables, and assignments of several at once. */
public final class Declarations {
    private final Body body;

    public Declarations(Body body) {
        this.body = body;
    }

    Step declaration(DeclarationExpression declaration) {
        if (!declaration.isMultipleAssignmentDeclaration()) {
            return declare(declaration.getVariableExpression(), declaration.getRightExpression(), declaration);
        }
        List<VariableExpression> variables = variables(declaration);
        List<Expression> values = elements(declaration.getRightExpression(), variables.size(), declaration);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            steps.add(declare(variables.get(i), values.get(i), declaration));
        }
        return new Steps(steps);
    }

    /** The variables of {@code int a = 1} or {@code def (a, b) = [1, 2]}. */
    public static List<VariableExpression> variables(DeclarationExpression declaration) {
        return declaration.isMultipleAssignmentDeclaration()
                ? declaration.getTupleExpression().getExpressions().stream()
                        .map(VariableExpression.class::cast)
                        .toList()
                : List.of(declaration.getVariableExpression());
    }

    /** The expressions of a list that has one for each variable; none, and a report, if it is no such list. */
    public List<Expression> elements(Expression list, int variables, ASTNode at) {
        if (list instanceof ListExpression written && written.getExpressions().size() == variables) {
            return written.getExpressions();
        }
        body.unit().report(at, variables + " variables take a list of " + variables + " values: '[a, b]'");
        return List.of();
    }

    /** {@code (a, b) = [b, a]}: every value is computed before the first is stored. */
    Step assignAll(BinaryExpression assignment, TupleExpression variables) {
        List<Expression> targets = variables.getExpressions();
        List<Expression> values = elements(assignment.getRightExpression(), targets.size(), assignment);
        int line = assignment.getLineNumber();
        List<Step> steps = new ArrayList<>();
        List<Step> stores = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Place place = body.places().assignable(targets.get(i));
            if (place == null) {
                continue;
            }
            Value value = body.expressions().value(values.get(i), place.type());
            if (!value.type().isUnknown()) {
                Local kept = new Local("", place.type());
                steps.add(new Declare(kept, value, line));
                stores.add(new Evaluate(new Store(place, new Read(Place.of(kept)), line), line));
            }
        }
        steps.addAll(stores);
        return new Block(steps);
    }

    private Step declare(VariableExpression variable, Expression initial, ASTNode at) {
        String name = Marks.unmark(variable.getName());
        boolean omitted = TypeReader.isOmitted(variable.getOriginType());
        boolean empty = initial instanceof EmptyExpression;
        Type type;
        Value value;
        if (!omitted) {
            type = body.types().read(variable.getOriginType(), variable);
            body.locals().announce(name, type);
            value = empty ? first(type, name) : initial(type, name, initial);
            body.locals().forget(name);
            if (type.isVoid()) {
                body.unit().report(variable, "variable '" + name + "' declared void");
                type = SpecialType.UNKNOWN;
            }
        } else if (empty) {
            body.unit().report(variable, "write the type of '" + name + "' instead of 'def'");
            type = SpecialType.UNKNOWN;
            value = Constant.unknown();
        } else {
            value = body.expressions().value(initial);
            type = inferred(value, name, variable);
        }
        if (Modifier.isStatic(variable.getModifiers())) {
            body.unit().report(variable, "no static locals: declare '" + name + "' at the top level of the file");
        }
        Local local = new Local(name, type, Modifier.isFinal(variable.getModifiers()));
        if (!body.locals().declare(local)) {
            body.unit().report(variable, "redefinition of '" + name + "'");
        }
        return new Declare(local, value, at.getLineNumber());
    }

    /** {@code LIST_HEAD(done)} in a function. */
    Step declare(MethodCallExpression call, Method macro) {
        Macros macros = new Macros(body.unit());
        Value value = macros.call(call, macro, body);
        String name = macros.variable(call, macro);
        if (name == null || value.type().isUnknown()) {
            return new Steps(List.of());
        }
        Local local = new Local(name, value.type());
        if (!body.locals().declare(local)) {
            body.unit().report(call, "redefinition of '" + name + "'");
        }
        return new Declare(local, value, call.getLineNumber());
    }

    /** The type of a variable that is declared with {@code def}. */
    public Type inferred(Value value, String name, ASTNode at) {
        Type type = value.type();
        boolean telling = !(value instanceof FunctionName) && type != SpecialType.NULL && !type.isVoid();
        if (!telling) {
            body.unit().report(at, "write the type of '" + name + "' instead of 'def'");
            return SpecialType.UNKNOWN;
        }
        return type;
    }

    /** What a variable gets that is declared with a first value. */
    public Value initial(Type type, String name, Expression written) {
        Value storage = first(type, name);
        Value filled = storage instanceof Embed ? new InitialiserCalls(body).fill(storage, written) : null;
        if (filled != null) {
            return filled;
        }
        boolean isNumber = written instanceof ConstantExpression constant && constant.getValue() instanceof Number;
        String initialiser = storage instanceof Embed && isNumber
                ? body.unit().kernel().api().initialiserOf(type.words())
                : null;
        return initialiser == null
                ? body.expressions().value(written, type)
                : body.wrong(
                        written,
                        "'" + name + "' is storage for a " + type.words() + ": write '" + initialiser + "(...)'");
    }

    /** What a variable without a first value is: storage of a struct, else nothing. */
    public Value first(Type type, String name) {
        if (type instanceof ClassType struct && struct.info().isEmbedded()) {
            return new Embed(struct, name, null);
        }
        return Initialisers.zero(type);
    }
}
