package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.script.dialect.tree.CollectionLiteral;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.Convert;
import dev.tophalf.runtime.script.dialect.tree.NewArray;
import dev.tophalf.runtime.script.dialect.tree.NewObject;
import dev.tophalf.runtime.script.dialect.tree.StructLiteral;
import dev.tophalf.runtime.script.dialect.tree.Value;
import dev.tophalf.runtime.script.dialect.type.ArrayType;
import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.ClassInfo;
import dev.tophalf.runtime.script.dialect.type.ClassType;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.Member;
import dev.tophalf.runtime.script.dialect.type.SpecialType;
import dev.tophalf.runtime.script.dialect.type.Type;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.expr.ArrayExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.jspecify.annotations.Nullable;

/** Literals: numbers, designated initialisers, arrays, lists and maps. */
public final class Initialisers {
    private static final String INTEGER_TEXT = "_INTEGER_LITERAL_TEXT";
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

    private final Body body;

    Initialisers(Body body) {
        this.body = body;
    }

    /** A number, of the type that C gives it. */
    Value number(ConstantExpression expression, Number number) {
        if (number instanceof Integer integer) {
            return Constant.integer(IntegerType.S32, integer);
        }
        Object written = expression.getNodeMetaData(INTEGER_TEXT);
        String text = String.valueOf(written).toLowerCase(Locale.ROOT);
        boolean decimal = !text.startsWith("0") && !text.startsWith("-0");
        if (number instanceof Long wide) {
            boolean fits = !decimal && !text.endsWith("l") && wide >= 0 && wide <= 0xffff_ffffL;
            return Constant.integer(fits ? IntegerType.U32 : IntegerType.S64, wide);
        }
        if (number instanceof BigInteger big
                && !text.endsWith("g")
                && big.signum() >= 0
                && big.compareTo(TWO_TO_64) < 0) {
            return Constant.integer(IntegerType.U64, big.longValue());
        }
        return body.wrong(
                expression,
                number instanceof BigInteger ? "the number does not fit 64 bits" : "no floating point in the kernel");
    }

    /** Whether a map where a {@code type} is wanted is a designated initialiser. */
    boolean isStruct(Type type) {
        return type instanceof ClassType struct
                && !struct.info().isInterface()
                && !struct.info().internalName().startsWith("java/");
    }

    /** A designated initialiser. */
    Value struct(ClassType type, MapExpression map) {
        Callable constructor = type.info().constructors().stream()
                .filter(candidate -> candidate.parameters().isEmpty())
                .findFirst()
                .orElse(null);
        if (constructor == null || type.info().isAbstract()) {
            return body.wrong(map, "a '" + type.words() + "' cannot be written down; a function makes it");
        }
        List<StructLiteral.Entry> entries = entries(type, map);
        if (entries == null) {
            return Constant.unknown();
        }
        Value made = new NewObject(type, constructor, List.of(), map.getLineNumber());
        return new StructLiteral(made, entries);
    }

    private @Nullable List<StructLiteral.Entry> entries(ClassType type, MapExpression map) {
        List<StructLiteral.Entry> entries = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        boolean sound = true;
        for (MapEntryExpression entry : map.getMapEntryExpressions()) {
            StructLiteral.Entry read = entry(type, entry, seen);
            sound &= read != null;
            if (read != null) {
                entries.add(read);
            }
        }
        return sound ? entries : null;
    }

    private StructLiteral.@Nullable Entry entry(ClassType type, MapEntryExpression entry, Set<String> seen) {
        ClassInfo info = type.info();
        Expression key = entry.getKeyExpression();
        String name = Places.bareWord(key);
        if (name == null) {
            body.unit().report(key, "the name of a member is a plain word");
            return null;
        }
        Member member = info.member(name);
        if (member == null || member.isStatic()) {
            body.unit().report(place(key, entry), Places.noMember(info, name));
            return null;
        }
        if (!seen.add(name)) {
            body.unit().report(place(key, entry), "'" + name + "' is initialised twice");
            return null;
        }
        Member known = body.places().of(type, member);
        Value value = value(known, entry.getValueExpression());
        return value.type().isUnknown()
                ? null
                : new StructLiteral.Entry(
                        known, value, entry.getValueExpression().getLineNumber());
    }

    private static ASTNode place(Expression key, Expression entry) {
        return key.getLineNumber() > 0 ? key : entry;
    }

    private Value value(Member member, Expression expression) {
        boolean storage = member.isEmbedded() || member.isFinal();
        if (!storage) {
            return body.expressions().value(expression, member.type());
        }
        if (expression instanceof MapExpression map && isStruct(member.type())) {
            List<StructLiteral.Entry> entries = entries((ClassType) member.type(), map);
            return entries == null ? Constant.unknown() : StructLiteral.inPlace(member, entries);
        }
        Value filled = new InitialiserCalls(body).fill(StructLiteral.storage(member), expression);
        if (filled != null) {
            return filled;
        }
        return body.wrong(
                expression,
                "'" + member.name() + "' is storage for a " + member.type().words() + ", which cannot be replaced");
    }

    /** A list where an array is wanted. */
    Value array(ArrayType type, ListExpression list) {
        List<Value> elements = new ArrayList<>();
        boolean sound = true;
        for (Expression element : list.getExpressions()) {
            Value value = body.expressions().value(element, type.element());
            sound &= !value.type().isUnknown();
            elements.add(stored(value, type));
        }
        return sound ? NewArray.of(type, elements) : Constant.unknown();
    }

    /** {@code value} as it lies in an array: a {@code u32} there is an {@code int}. */
    private static Value stored(Value value, ArrayType type) {
        return type.element() == IntegerType.U32 ? Convert.to(IntegerType.S32, value) : value;
    }

    /** {@code new T[n]}, or {@code new T[] {a, b}}. */
    Value newArray(ArrayExpression expression) {
        Type element = body.types().read(expression.getElementType(), expression);
        if (element.isUnknown()) {
            return Constant.unknown();
        }
        if (expression.hasInitializer()) {
            ListExpression list = new ListExpression(expression.getExpressions());
            list.setSourcePosition(expression);
            return array(new ArrayType(element), list);
        }
        List<Expression> sizes = expression.getSizeExpression();
        if (sizes == null || sizes.size() != 1 || sizes.get(0) instanceof EmptyExpression) {
            return body.wrong(expression, "an array has one dimension here: write an array of structs");
        }
        Value length = body.expressions().value(sizes.get(0), IntegerType.S32);
        return length.type().isUnknown() ? length : NewArray.ofLength(new ArrayType(element), length);
    }

    /** A list; {@code wanted} is its type where that is known. */
    Value list(ListExpression expression, @Nullable ClassType wanted) {
        ClassInfo listInfo = body.unit().types().info(List.class);
        ClassType view = wanted == null ? null : view(wanted, Iterable.class);
        Type element = view == null || view.arguments().isEmpty()
                ? null
                : view.arguments().get(0);
        List<Value> elements = new ArrayList<>();
        for (Expression item : expression.getExpressions()) {
            elements.add(item(item, element));
        }
        if (elements.stream().anyMatch(value -> value.type().isUnknown())) {
            return Constant.unknown();
        }
        Type common = element == null ? common(elements) : element;
        ClassInfo made =
                wanted != null && wanted.info().internalName().equals("java/util/ArrayList") ? wanted.info() : listInfo;
        return CollectionLiteral.list(new ClassType(made, List.of(common)), boxed(elements));
    }

    private @Nullable ClassType view(ClassType type, Class<?> face) {
        return type.as(body.unit().types().info(face));
    }

    private Value item(Expression item, @Nullable Type wanted) {
        if (item instanceof ClosureExpression || item instanceof MapEntryExpression) {
            return body.wrong(item, "this cannot be an element here");
        }
        Value value = wanted == null || Conversions.isVoidPointer(wanted)
                ? body.expressions().value(item)
                : body.expressions().value(item, wanted);
        if (value instanceof FunctionName) {
            return body.wrong(item, "a function needs a typed place: use an array of its pointer type");
        }
        return value.type().isVoid() ? body.wrong(item, "this returns nothing") : value;
    }

    private Type common(List<Value> values) {
        Type common = body.conversions().common(values.stream().map(Value::type).toList());
        return common instanceof IntegerType integer ? body.conversions().box(integer) : common;
    }

    private List<Value> boxed(List<Value> values) {
        return values.stream().map(body.conversions()::boxed).toList();
    }

    /** A map; {@code wanted} is its type where that is known. */
    Value map(MapExpression expression, @Nullable ClassType wanted) {
        ClassType view = wanted == null ? null : view(wanted, Map.class);
        List<Type> arguments = view == null ? List.of() : view.arguments();
        List<Value> keys = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        for (MapEntryExpression entry : expression.getMapEntryExpressions()) {
            keys.add(item(entry.getKeyExpression(), arguments.isEmpty() ? null : arguments.get(0)));
            values.add(item(entry.getValueExpression(), arguments.isEmpty() ? null : arguments.get(1)));
        }
        List<Value> all = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            all.add(body.conversions().boxed(keys.get(i)));
            all.add(body.conversions().boxed(values.get(i)));
        }
        if (all.stream().anyMatch(value -> value.type().isUnknown())) {
            return Constant.unknown();
        }
        Type keyType = arguments.isEmpty() ? common(keys) : arguments.get(0);
        Type valueType = arguments.isEmpty() ? common(values) : arguments.get(1);
        ClassInfo mapInfo = body.unit().types().info(Map.class);
        return CollectionLiteral.map(new ClassType(mapInfo, List.of(keyType, valueType)), all);
    }

    /** Nothing of a type: 0, false, or a null pointer. */
    static Value zero(Type type) {
        if (type instanceof IntegerType integer) {
            return Constant.integer(integer, 0);
        }
        return type == SpecialType.UNKNOWN ? Constant.unknown() : Constant.nothing(type);
    }
}
