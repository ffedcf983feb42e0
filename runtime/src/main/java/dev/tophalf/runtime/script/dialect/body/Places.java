package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.script.dialect.names.Unit;
import dev.tophalf.runtime.script.dialect.source.Marks;
import dev.tophalf.runtime.script.dialect.source.Spelling;
import dev.tophalf.runtime.script.dialect.tree.ArrayLength;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.Convert;
import dev.tophalf.runtime.script.dialect.tree.Local;
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
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.syntax.Types;
import org.jspecify.annotations.Nullable;

/** Variables, members and elements: what can be read, and where something can be stored. */
public final class Places {
    private final Body body;

    Places(Body body) {
        this.body = body;
    }

    /** The local variable, member or file-scope variable of that name, or null. */
    @Nullable
    Place named(String name) {
        Local local = body.locals().find(name);
        if (local != null) {
            return Place.of(local);
        }
        Member own = body.expressions().ownMember(name);
        Local self = own == null ? null : body.locals().find("this");
        if (own != null && (own.isStatic() || self != null)) {
            ClassInfo struct = body.context().self();
            Member known = struct == null ? own : of(struct.type(), own);
            return Place.of(known, own.isStatic() || self == null ? null : new Read(Place.of(self)));
        }
        Member variable = body.unit().variable(name);
        return variable == null ? null : Place.of(variable, null);
    }

    /** Where an assignment to {@code expression} stores, or null, and a report, if it cannot. */
    @Nullable
    Place assignable(Expression expression) {
        if (expression instanceof VariableExpression variable) {
            return assignableVariable(variable);
        }
        if (expression instanceof PropertyExpression property) {
            return assignableMember(property);
        }
        boolean indexed = expression instanceof BinaryExpression binary
                && binary.getOperation().getType() == Types.LEFT_SQUARE_BRACKET;
        if (indexed) {
            BinaryExpression item = (BinaryExpression) expression;
            return item(body.expressions().value(item.getLeftExpression()), item, true);
        }
        if (expression instanceof MethodCallExpression call) {
            return new LvalueMacros(body).place(call);
        }
        body.unit().report(expression, "nothing can be assigned to this");
        return null;
    }

    private @Nullable Place assignableVariable(VariableExpression expression) {
        String name = Marks.unmark(expression.getName());
        Place place = named(name);
        if (place == null) {
            Value value = body.expressions().value(expression);
            if (!value.type().isUnknown()) {
                body.unit().report(expression, "'" + name + "' is no variable, so nothing can be assigned to it");
            }
            return null;
        }
        Local local = body.locals().find(name);
        if (local != null) {
            if (local.isFinal()) {
                body.unit().report(expression, "'" + name + "' is read-only");
                return null;
            }
            local.noteStore();
            body.locals().widen(local);
            return place;
        }
        Member own = body.expressions().ownMember(name);
        Member member = own != null ? own : body.unit().variable(name);
        return member == null || isWritable(member, expression) ? place : null;
    }

    private @Nullable Place assignableMember(PropertyExpression expression) {
        if (expression.isSafe()) {
            body.unit().report(expression, "no '?.' where something is stored");
            return null;
        }
        return assignableMember(body.expressions().value(expression.getObjectExpression()), expression);
    }

    /** The member of {@code object} that {@code expression} names; null, and a report, if nothing can be stored there. */
    @Nullable
    Place assignableMember(Value object, PropertyExpression expression) {
        String name = name(expression);
        Type struct = structNamed(object);
        if (struct instanceof ClassType type) {
            Member variable = type.info().member(name);
            if (variable != null && variable.isStatic()) {
                return isWritable(variable, expression) ? Place.of(variable, null) : null;
            }
        }
        if (object.type() instanceof ClassType type && isMap(type)) {
            return entry(object, type, Constant.text(body.unit().string(), name));
        }
        Member member = member(object, name, expression);
        return member != null && isWritable(member, expression) ? Place.of(member, object) : null;
    }

    private boolean isWritable(Member member, Expression at) {
        if (member.isEmbedded()) {
            body.unit()
                    .report(
                            at,
                            "'" + member.name() + "' is storage for a "
                                    + member.type().words()
                                    + ", which cannot be copied into it; keep a pointer to the other one instead");
            return false;
        }
        if (member.isFinal()) {
            body.unit().report(at, "'" + member.name() + "' is read-only");
            return false;
        }
        return true;
    }

    private static String name(PropertyExpression expression) {
        String name = expression.getPropertyAsString();
        return name == null ? "" : Marks.unmark(name);
    }

    /** The struct that {@code value} names, or null if it is an ordinary value. */
    static @Nullable Type structNamed(Value value) {
        return value instanceof Constant constant ? constant.struct() : null;
    }

    /** {@code object.name} as a value. */
    Value property(PropertyExpression expression) {
        if (expression.isSpreadSafe()) {
            return body.wrong(expression, "no '*.': write a loop");
        }
        String name = name(expression);
        Constant enumConstant = enumConstant(expression, name);
        if (enumConstant != null) {
            return enumConstant;
        }
        Value object = body.expressions().value(expression.getObjectExpression());
        if (object.type().isUnknown()) {
            return Constant.unknown();
        }
        Type struct = structNamed(object);
        if (struct != null) {
            return ofStruct(struct, name, expression);
        }
        if (!expression.isSafe()) {
            return read(object, name, expression);
        }
        Temporary kept = new Temporary(object);
        Value access = read(kept.again(), name, expression);
        if (access.type() instanceof IntegerType integer) {
            return new SafeCall(body.conversions().box(integer), kept, Convert.to(box(integer), access));
        }
        return access.type().isUnknown() ? access : new SafeCall(access.type(), kept, access);
    }

    private ClassType box(IntegerType integer) {
        return body.conversions().box(integer);
    }

    private @Nullable Constant enumConstant(PropertyExpression expression, String name) {
        if (!(expression.getObjectExpression() instanceof VariableExpression variable)) {
            return null;
        }
        Unit.EnumType enumType = body.unit().enums().get(Marks.unmark(variable.getName()));
        if (enumType == null || named(enumType.name()) != null) {
            return null;
        }
        Map<String, Constant> constants = enumType.constants();
        Constant constant = constants.get(name);
        if (constant == null) {
            body.unit()
                    .report(
                            expression,
                            "enum " + enumType.name() + " has no '" + name + "'"
                                    + Spelling.hint(name, constants.keySet()));
            return Constant.unknown();
        }
        return constant;
    }

    /** A variable of a struct type as such: {@code button.count}, {@code Integer.MAX_VALUE}. */
    private Value ofStruct(Type struct, String name, Expression at) {
        Member variable = struct instanceof ClassType type ? type.info().member(name) : null;
        if (variable == null || !variable.isStatic()) {
            return body.wrong(
                    at, "'" + struct.words() + "' is a type here, not a variable, so it has no member '" + name + "'");
        }
        return new Read(Place.of(variable, null));
    }

    private Value read(Value object, String name, PropertyExpression at) {
        if (object.type() instanceof ArrayType) {
            return name.equals("length")
                    ? new ArrayLength(object)
                    : body.wrong(at, "an array has no member '" + name + "'; its length is 'length'");
        }
        if (object.type() instanceof ClassType type && isMap(type)) {
            Place entry = entry(object, type, Constant.text(body.unit().string(), name));
            return unboxed(new Read(entry), element(type, Map.class, 1));
        }
        Value getter = getter(object, name, at);
        if (getter != null) {
            return getter;
        }
        Member member = member(object, name, at);
        if (member == null) {
            return Constant.unknown();
        }
        Value value = new Read(Place.of(member, member.isStatic() ? null : object), at.getLineNumber());
        Member declared = ((ClassType) object.type()).info().member(name);
        return declared == null ? value : unboxed(value, bound((ClassType) object.type(), declared));
    }

    /** What a method such as {@code getPid()} reads, where there is no member of that name. */
    private @Nullable Value getter(Value object, String name, PropertyExpression at) {
        if (!(object.type() instanceof ClassType type) || type.info().member(name) != null || name.isEmpty()) {
            return null;
        }
        String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        if (!body.extensions().of(type, "get" + capital).isEmpty()) {
            return body.extensions().call("get" + capital, List.of(object), at);
        }
        for (String method : List.of("get" + capital, "is" + capital)) {
            for (Callable getter : type.info().methods(method)) {
                if (getter.parameters().isEmpty() && !getter.isStatic() && !isOfObject(getter)) {
                    return body.passing().invoke(getter, object, List.of(), at);
                }
            }
        }
        return null;
    }

    private static boolean isOfObject(Callable method) {
        return method.owner().internalName().equals("java/lang/Object");
    }

    private @Nullable Member member(Value object, String name, Expression at) {
        if (object.type().isUnknown()) {
            return null;
        }
        if (!(object.type() instanceof ClassType type)) {
            body.unit().report(at, "'" + object.type().words() + "' is no struct, so it has no member '" + name + "'");
            return null;
        }
        ClassInfo info = type.info();
        Member member = info.member(name);
        if (member == null) {
            body.unit().report(at, noMember(info, name));
            return null;
        }
        return of(type, member);
    }

    /** A member as a struct of that type has it: its type parameters are known. */
    Member of(ClassType type, Member member) {
        Type known = bound(type, member);
        boolean boxed = known instanceof IntegerType && member.type() instanceof TypeParameter;
        return member.withType(boxed ? box((IntegerType) known) : known);
    }

    private static Type bound(ClassType type, Member member) {
        ClassType view = type.as(member.owner());
        return view == null ? member.type() : member.type().substitute(view.bindings());
    }

    /** That a struct has no member of that name. */
    static String noMember(ClassInfo info, String name) {
        if (name.isEmpty()) {
            return "the name of a member is a plain word";
        }
        if (info.internalName().equals("java/lang/Object")) {
            return "a 'void *' has no members; assign it to a variable of its struct first";
        }
        String subject = info.isStruct() ? "struct " + info.name() : "'" + info.words() + "'";
        return subject + " has no member '" + name + "'" + Spelling.hint(name, info.members());
    }

    /** {@code a[i]} as a value. */
    Value index(BinaryExpression expression) {
        Value object = body.expressions().value(expression.getLeftExpression());
        Value part = expression.isSafe() || object.type().isUnknown()
                ? null
                : body.extensions().part(object, expression.getRightExpression(), expression);
        if (part != null) {
            return part;
        }
        Place place = item(object, expression, false);
        if (place == null) {
            return Constant.unknown();
        }
        Value value = new Read(place, expression.getLineNumber());
        if (!(object.type() instanceof ClassType type)) {
            return value;
        }
        return unboxed(value, isMap(type) ? element(type, Map.class, 1) : element(type, List.class, 0));
    }

    /** What a list or a map holds, where that is known. */
    private Type element(ClassType collection, Class<?> face, int argument) {
        ClassType view = collection.as(body.unit().types().info(face));
        return view == null || view.arguments().size() <= argument
                ? body.unit().types().object()
                : view.arguments().get(argument);
    }

    /** {@code value}, taken out of its box if it is an integer of C. */
    private static Value unboxed(Value value, Type held) {
        return held instanceof IntegerType integer ? Convert.to(integer, value) : value;
    }

    private @Nullable Place item(Value object, BinaryExpression expression, boolean stored) {
        if (expression.isSafe()) {
            body.unit().report(expression, "no '?[': test for NULL first");
            return null;
        }
        if (object.type().isUnknown()) {
            return null;
        }
        Expression index = expression.getRightExpression();
        if (object.type() instanceof ArrayType) {
            return element(object, index);
        }
        if (object.type() instanceof ClassType type) {
            return itemOf(object, type, index, expression, stored);
        }
        body.unit().report(expression, "'" + object.type().words() + "' is no array");
        return null;
    }

    private @Nullable Place element(Value array, Expression index) {
        Value position = body.expressions().value(index, IntegerType.S32);
        return position.type().isUnknown() ? null : Place.ofElement(array, position);
    }

    private @Nullable Place itemOf(Value object, ClassType type, Expression index, Expression at, boolean stored) {
        if (isMap(type)) {
            ClassType view = type.as(body.unit().types().info(Map.class));
            Type key = view == null || view.arguments().isEmpty()
                    ? body.unit().types().object()
                    : view.arguments().get(0);
            return entry(object, type, keyed(index, key));
        }
        if (type.info().isA(body.unit().types().info(List.class))) {
            Value position = body.expressions().value(index, IntegerType.S32);
            return position.type().isUnknown() ? null : collectionItem(object, type, List.class, position, "set");
        }
        return pointerItem(object, type.info(), index, at, stored);
    }

    private Value keyed(Expression index, Type key) {
        Value value = body.expressions().value(index);
        return body.conversions()
                .boxed(key instanceof IntegerType ? body.conversions().convert(value, key, index) : value);
    }

    private Place entry(Value object, ClassType type, Value key) {
        return collectionItem(object, type, Map.class, key, "put");
    }

    private boolean isMap(ClassType type) {
        return type.info().isA(body.unit().types().info(Map.class));
    }

    /** What {@code get} and {@code set} or {@code put} of a collection read and write. */
    private Place collectionItem(Value object, ClassType type, Class<?> face, Value key, String setterName) {
        ClassInfo info = body.unit().types().info(face);
        ClassType view = type.as(info);
        Callable getter = info.declaredMethods("get").get(0);
        Callable setter = info.declaredMethods(setterName).get(0);
        Type item = view == null ? getter.result() : getter.result().substitute(view.bindings());
        Type carried = item instanceof IntegerType integer ? box(integer) : item;
        Type known =
                carried instanceof ClassType ? carried : body.unit().types().object();
        return Place.ofItem(object, key, getter, setter, known);
    }

    /** What {@code getAt} and {@code putAt} of a pointer read and write. */
    private @Nullable Place pointerItem(Value object, ClassInfo info, Expression index, Expression at, boolean stored) {
        List<Callable> getters = info.methods("getAt");
        List<Callable> setters = info.methods("putAt");
        if (getters.isEmpty() || (stored && setters.isEmpty())) {
            body.unit().report(at, noIndex(info, stored));
            return null;
        }
        Callable getter = getters.get(0);
        Value position = body.expressions().value(index, getter.parameterType(0));
        if (position.type().isUnknown()) {
            return null;
        }
        return Place.ofItem(object, position, getter, setters.isEmpty() ? getter : setters.get(0), getter.result());
    }

    private static String noIndex(ClassInfo info, boolean stored) {
        String instead = stored ? info.insteadOfStore() : info.insteadOfIndex();
        if (instead.isEmpty()) {
            return "'" + info.words() + "' is no array";
        }
        return "dereferencing a " + info.words() + " pointer; use " + instead;
    }

    /** The one name that {@code expression} is, or null. */
    public static @Nullable String bareWord(Expression expression) {
        if (expression instanceof VariableExpression variable) {
            return Marks.unmark(variable.getName());
        }
        return expression instanceof ConstantExpression constant && constant.getValue() instanceof String text
                ? text
                : null;
    }
}
