package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.memory.KernelStruct;
import dev.tophalf.runtime.script.Deadline;
import dev.tophalf.runtime.script.dialect.names.Unit;
import dev.tophalf.runtime.script.dialect.source.Marks;
import dev.tophalf.runtime.script.dialect.source.Spelling;
import dev.tophalf.runtime.script.dialect.tree.Call;
import dev.tophalf.runtime.script.dialect.tree.Choice;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.Convert;
import dev.tophalf.runtime.script.dialect.tree.Local;
import dev.tophalf.runtime.script.dialect.tree.Place;
import dev.tophalf.runtime.script.dialect.tree.Read;
import dev.tophalf.runtime.script.dialect.tree.Temporary;
import dev.tophalf.runtime.script.dialect.tree.Text;
import dev.tophalf.runtime.script.dialect.tree.Truth;
import dev.tophalf.runtime.script.dialect.tree.Value;
import dev.tophalf.runtime.script.dialect.type.ArrayType;
import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.ClassInfo;
import dev.tophalf.runtime.script.dialect.type.ClassType;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.Member;
import dev.tophalf.runtime.script.dialect.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.expr.ArrayExpression;
import org.codehaus.groovy.ast.expr.AttributeExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.BitwiseNegationExpression;
import org.codehaus.groovy.ast.expr.BooleanExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.ElvisOperatorExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.MethodPointerExpression;
import org.codehaus.groovy.ast.expr.NotExpression;
import org.codehaus.groovy.ast.expr.PostfixExpression;
import org.codehaus.groovy.ast.expr.PrefixExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.RangeExpression;
import org.codehaus.groovy.ast.expr.TernaryExpression;
import org.codehaus.groovy.ast.expr.UnaryMinusExpression;
import org.codehaus.groovy.ast.expr.UnaryPlusExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.jspecify.annotations.Nullable;

/** Expressions: what each name and operator means, and of what type it is. */
public final class Expressions {
    private final Body body;

    Expressions(Body body) {
        this.body = body;
    }

    /** The expression where a {@code target} is wanted. */
    public Value value(Expression expression, Type target) {
        if (expression instanceof MapExpression map && body.initialisers().isStruct(target)) {
            return body.initialisers().struct((ClassType) target, map);
        }
        if (expression instanceof MapExpression map && target instanceof ClassType type) {
            return convert(body.initialisers().map(map, type), target, expression);
        }
        if (expression instanceof ListExpression list) {
            if (target instanceof ArrayType array) {
                return body.initialisers().array(array, list);
            }
            if (target instanceof ClassType type) {
                return convert(body.initialisers().list(list, type), target, expression);
            }
        }
        if (expression instanceof ClosureExpression block) {
            return body.pointers().block(block, target);
        }
        if (expression instanceof TernaryExpression ternary && !(expression instanceof ElvisOperatorExpression)) {
            return choice(ternary, target);
        }
        return convert(value(expression), target, expression);
    }

    private Value convert(Value value, Type target, Expression at) {
        return body.conversions().convert(value, target, at);
    }

    /** The expression as a condition. */
    Value condition(Expression expression) {
        return body.conversions().truth(value(expression), expression);
    }

    /** The expression where nothing is known of what is wanted. */
    public Value value(Expression expression) {
        Deadline.check();
        body.unit().at(expression);
        if (expression instanceof DeclarationExpression) {
            return body.wrong(expression, "a declaration cannot stand here");
        }
        if (expression instanceof ConstantExpression constant) {
            return constant(constant);
        }
        if (expression instanceof VariableExpression variable) {
            return variable(variable);
        }
        if (expression instanceof AttributeExpression attribute) {
            return body.wrong(attribute, "no '.@': write '.'");
        }
        if (expression instanceof PropertyExpression property) {
            return body.places().property(property);
        }
        if (expression instanceof MethodCallExpression call) {
            return body.calls().call(call);
        }
        if (expression instanceof ConstructorCallExpression call) {
            return body.calls().construct(call);
        }
        if (expression instanceof BinaryExpression binary) {
            return body.operators().binary(binary);
        }
        return unaryOrOther(expression);
    }

    private Value unaryOrOther(Expression expression) {
        if (expression instanceof NotExpression not) {
            return body.operators().not(not);
        }
        if (expression instanceof BooleanExpression truth) {
            return condition(truth.getExpression());
        }
        if (expression instanceof UnaryMinusExpression minus) {
            return body.operators().unary(minus.getExpression(), "-");
        }
        if (expression instanceof UnaryPlusExpression plus) {
            return body.operators().unary(plus.getExpression(), "+");
        }
        if (expression instanceof BitwiseNegationExpression complement) {
            return body.operators().unary(complement.getExpression(), "~");
        }
        if (expression instanceof PostfixExpression postfix) {
            return body.operators()
                    .step(postfix.getExpression(), postfix.getOperation().getText(), true, postfix);
        }
        if (expression instanceof PrefixExpression prefix) {
            return body.operators()
                    .step(prefix.getExpression(), prefix.getOperation().getText(), false, prefix);
        }
        if (expression instanceof ElvisOperatorExpression elvis) {
            return elvis(elvis);
        }
        if (expression instanceof TernaryExpression ternary) {
            return choice(ternary, null);
        }
        return literalOrOther(expression);
    }

    private Value literalOrOther(Expression expression) {
        if (expression instanceof CastExpression cast) {
            return cast(cast);
        }
        if (expression instanceof ClassExpression struct) {
            return struct(body.types().read(struct.getType(), struct));
        }
        if (expression instanceof ArrayExpression array) {
            return body.initialisers().newArray(array);
        }
        if (expression instanceof ListExpression list) {
            return body.initialisers().list(list, null);
        }
        if (expression instanceof MapExpression map) {
            return body.initialisers().map(map, null);
        }
        if (expression instanceof GStringExpression text) {
            return text(text);
        }
        if (expression instanceof RangeExpression range) {
            return body.extensions().range(range);
        }
        return refuse(expression);
    }

    private Value refuse(Expression expression) {
        if (expression instanceof ClosureExpression block) {
            return body.pointers().block(block);
        }
        if (expression instanceof MethodPointerExpression) {
            return body.wrong(expression, "a function's pointer is its bare name: write it without '::' or '.&'");
        }
        return body.wrong(expression, "this expression is not part of the driver language");
    }

    private Value constant(ConstantExpression expression) {
        Object value = expression.getValue();
        if (value == null) {
            return Constant.nothing();
        }
        if (value instanceof Boolean truth) {
            return Constant.integer(IntegerType.BOOL, truth ? 1 : 0);
        }
        if (value instanceof String text) {
            return Constant.text(body.unit().string(), text);
        }
        if (value instanceof Number number) {
            return body.initialisers().number(expression, number);
        }
        return body.wrong(expression, "this constant is not part of the driver language");
    }

    private Value variable(VariableExpression expression) {
        String name = Marks.unmark(expression.getName());
        if (expression.isThisExpression()) {
            return self(expression);
        }
        if (expression.isSuperExpression()) {
            return body.wrong(expression, "no 'super' here");
        }
        Place place = body.places().named(name);
        if (place != null) {
            Local local = body.locals().find(name);
            return local == null
                    ? new Read(place)
                    : Read.narrowed(place, body.locals().typeOf(local));
        }
        Value other = named(name, expression);
        return other == null ? undeclared(name, expression) : other;
    }

    private Value self(VariableExpression expression) {
        Local self = body.locals().find("this");
        return self == null
                ? body.wrong(expression, "'this' is known in the methods of a struct only")
                : new Read(Place.of(self));
    }

    /** What a name that is no variable stands for, or null. */
    private @Nullable Value named(String name, VariableExpression at) {
        Unit unit = body.unit();
        List<Callable> own = unit.file().declaredMethods(name);
        if (!own.isEmpty()) {
            return new FunctionName(own);
        }
        Constant constant = unit.constant(name);
        if (constant != null) {
            return constant;
        }
        if (name.equals("NULL")) {
            return Constant.nothing();
        }
        Callable variable = unit.kernel().variable(name);
        if (variable != null) {
            return new Call(variable.result(), variable, null, List.of(), at.getLineNumber());
        }
        List<Callable> functions = unit.functions(name);
        if (!functions.isEmpty()) {
            return new FunctionName(functions);
        }
        Type type = typeNamed(name);
        return type == null ? null : struct(type);
    }

    /** The type that a bare word names, or null. */
    @Nullable
    Type typeNamed(String name) {
        ClassInfo info = body.unit().type(name);
        if (info != null) {
            return info.type();
        }
        Unit.EnumType enumType = body.unit().enums().get(name);
        return enumType != null ? enumType.type() : IntegerType.named(name);
    }

    /** The type of an array, as a value; {@code element} names that of its elements: integers or structs. */
    Value arrayOf(Expression element) {
        String word = Places.bareWord(element);
        Type named = word == null ? null : typeNamed(word);
        Type type = element instanceof ClassExpression primitive
                ? body.types().read(primitive.getType(), primitive)
                : named;
        boolean fits = type instanceof IntegerType || (type instanceof ClassType struct && isMakeable(struct.info()));
        return type != null && fits
                ? struct(new ArrayType(type))
                : body.wrong(element, "the name of a struct or of an integer type is wanted here");
    }

    /** Whether memory can be allocated for a struct of that type. */
    private boolean isMakeable(ClassInfo info) {
        return info.isA(body.unit().types().info(KernelStruct.class))
                && info.constructors().stream()
                        .anyMatch(each -> each.parameters().isEmpty());
    }

    /** A struct type as a value. */
    Value struct(Type type) {
        if (type.isUnknown()) {
            return Constant.unknown();
        }
        ClassInfo classInfo = body.unit().types().info(Class.class);
        Type boxed = type instanceof IntegerType integer ? body.conversions().box(integer) : type;
        return Constant.struct(new ClassType(classInfo, List.of(boxed)), boxed);
    }

    private Value undeclared(String name, VariableExpression at) {
        List<String> known = new ArrayList<>(body.unit().valueNames());
        known.addAll(body.locals().names());
        if (body.unit().kernel().api().macro(name) != null) {
            return body.wrong(at, "'" + name + "' is a macro: write '" + name + "(...)' at the top level of the file");
        }
        String absent = body.unit().kernel().api().absent(name);
        if (absent != null) {
            return body.wrong(at, absent);
        }
        return body.wrong(at, "'" + name + "' undeclared" + Spelling.hint(name, known));
    }

    private Value choice(TernaryExpression expression, @Nullable Type target) {
        Value condition = condition(expression.getBooleanExpression().getExpression());
        if (target != null) {
            Value ifTrue = value(expression.getTrueExpression(), target);
            Value ifFalse = value(expression.getFalseExpression(), target);
            return choice(target, condition, ifTrue, ifFalse);
        }
        Value ifTrue = value(expression.getTrueExpression());
        Value ifFalse = value(expression.getFalseExpression());
        if (ifTrue instanceof FunctionName || ifFalse instanceof FunctionName) {
            return body.wrong(expression, "a function needs a typed place here");
        }
        if (ifTrue.type().isVoid() || ifFalse.type().isVoid()) {
            return body.wrong(expression, "'? :' chooses between values, and one of these returns nothing");
        }
        Type type = body.conversions().common(List.of(ifTrue.type(), ifFalse.type()));
        return choice(
                type,
                condition,
                convert(boxedFor(type, ifTrue), type, expression.getTrueExpression()),
                convert(boxedFor(type, ifFalse), type, expression.getFalseExpression()));
    }

    private Value boxedFor(Type type, Value value) {
        return Conversions.isVoidPointer(type) ? body.conversions().boxed(value) : value;
    }

    private static Value choice(Type type, Value condition, Value ifTrue, Value ifFalse) {
        boolean unknown = condition.type().isUnknown()
                || ifTrue.type().isUnknown()
                || ifFalse.type().isUnknown();
        return unknown ? Constant.unknown() : new Choice(type, condition, ifTrue, ifFalse);
    }

    /** {@code a ?: b}: {@code a} if that is true, else {@code b}. */
    private Value elvis(ElvisOperatorExpression expression) {
        Value first = value(expression.getTrueExpression());
        Value second = value(expression.getFalseExpression());
        if (first instanceof FunctionName function) {
            return body.wrong(expression, "the function '" + function.name() + "' is never NULL");
        }
        if (first.type().isUnknown() || first.type().isVoid()) {
            return body.conversions().truth(first, expression);
        }
        Type type = body.conversions().common(List.of(first.type(), second.type()));
        Temporary kept = new Temporary(first);
        Value ifTrue = convert(boxedFor(type, kept.again()), type, expression.getTrueExpression());
        Value ifFalse = convert(boxedFor(type, second), type, expression.getFalseExpression());
        return choice(type, Truth.of(kept), ifTrue, ifFalse);
    }

    private Value cast(CastExpression expression) {
        if (expression.isCoerce()) {
            return body.wrong(expression, "no 'as': write '(type) value'");
        }
        Type target = body.types().read(expression.getType(), expression);
        Expression operand = expression.getExpression();
        if (target.isVoid()) {
            return value(operand);
        }
        boolean typed = operand instanceof MapExpression
                || operand instanceof ListExpression
                || operand instanceof ClosureExpression
                || operand instanceof TernaryExpression;
        if (typed) {
            return value(operand, target);
        }
        Value value = value(operand);
        return isDownward(value.type(), target) ? Convert.to(target, value) : convert(value, target, expression);
    }

    /** Whether only the cast can tell that the value is one of the more special type. */
    private static boolean isDownward(Type given, Type target) {
        return given instanceof ClassType from
                && target instanceof ClassType to
                && !from.info().isA(to.info())
                && (to.info().isA(from.info())
                        || (from.info().isInterface() && !to.info().isInterface()));
    }

    private Value text(GStringExpression expression) {
        List<Value> parts = new ArrayList<>();
        List<ConstantExpression> strings = expression.getStrings();
        for (int i = 0; i < strings.size(); i++) {
            String text = String.valueOf(strings.get(i).getValue());
            if (!text.isEmpty()) {
                parts.add(Constant.text(body.unit().string(), text));
            }
            if (i < expression.getValues().size()) {
                parts.add(part(expression.getValues().get(i)));
            }
        }
        return text(parts);
    }

    /** A part of a string that is put together. */
    Value part(Expression expression) {
        Value value = value(expression);
        if (value instanceof FunctionName || value.type().isVoid()) {
            return body.wrong(expression, "this has no text");
        }
        return value;
    }

    /** The string of those parts. */
    Value text(List<Value> parts) {
        boolean unknown = parts.stream().anyMatch(part -> part.type().isUnknown());
        return unknown ? Constant.unknown() : new Text(body.unit().string(), parts);
    }

    /** The member that a bare name is in a method of a struct, or null. */
    @Nullable
    Member ownMember(String name) {
        ClassInfo self = body.context().self();
        return self == null ? null : self.member(name);
    }
}
