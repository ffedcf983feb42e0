package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.Convert;
import dev.tophalf.runtime.script.dialect.tree.Truth;
import dev.tophalf.runtime.script.dialect.tree.Value;
import dev.tophalf.runtime.script.dialect.type.ArrayType;
import dev.tophalf.runtime.script.dialect.type.ClassInfo;
import dev.tophalf.runtime.script.dialect.type.ClassType;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.SpecialType;
import dev.tophalf.runtime.script.dialect.type.Type;
import dev.tophalf.runtime.script.dialect.type.TypeParameter;
import java.util.List;
import java.util.Objects;
import org.codehaus.groovy.ast.ASTNode;
import org.jspecify.annotations.Nullable;

/** What fits where without a cast: C's rules, with {@code void *} and integers of all widths converting silently. */
public final class Conversions {
    /** Fits as it is. */
    static final int EXACT = 0;

    /** Fits a wider integer or a more general type. */
    static final int WIDENED = 1;

    /** Fits after a conversion. */
    static final int CONVERTED = 2;

    /** Does not fit. */
    static final int MISFIT = -1;

    private final Body body;

    Conversions(Body body) {
        this.body = body;
    }

    /** {@code value} as a {@code target}, or a report that it is none. */
    public Value convert(Value value, Type target, ASTNode at) {
        if (value instanceof FunctionName function) {
            return body.pointers().pointer(function, target, at);
        }
        if (value.type().isUnknown() || target.isUnknown()) {
            return Constant.unknown();
        }
        if (value.type().isVoid()) {
            return body.wrong(at, "this returns nothing where '" + target.words() + "' is expected");
        }
        int cost = cost(value, target);
        if (cost == MISFIT) {
            return body.wrong(at, "'" + value.type().words() + "' where '" + target.words() + "' is expected");
        }
        return apply(value, target);
    }

    /** What it costs to pass {@code value} as a {@code target}; {@link #MISFIT} if it does not fit. */
    int cost(Value value, Type target) {
        Type type = value.type();
        if (type.isUnknown() || target.isUnknown() || type.equals(target)) {
            return EXACT;
        }
        if (type.isVoid() || target.isVoid()) {
            return MISFIT;
        }
        return target instanceof IntegerType integer ? costToInteger(value, integer) : costToReference(value, target);
    }

    private int costToInteger(Value value, IntegerType target) {
        IntegerType given = integerOf(value.type());
        if (given != null) {
            return target.holds(given) && given != IntegerType.BOOL ? WIDENED : CONVERTED;
        }
        if (letter(value) != null) {
            return CONVERTED;
        }
        return target == IntegerType.BOOL && value.type().isReference() ? CONVERTED : MISFIT;
    }

    private int costToReference(Value value, Type target) {
        Type type = value.type();
        if (type == SpecialType.NULL) {
            return EXACT;
        }
        if (type instanceof IntegerType) {
            return boxCost(target);
        }
        if (target instanceof ArrayType array) {
            boolean same = type instanceof ArrayType given && sameStorage(given, array);
            return same ? EXACT : isVoidPointer(type) ? CONVERTED : MISFIT;
        }
        if (!(target instanceof ClassType struct)) {
            return CONVERTED;
        }
        if (isVoidPointer(struct)) {
            return WIDENED;
        }
        if (!(type instanceof ClassType given)) {
            return MISFIT;
        }
        if (given.info().isA(struct.info())) {
            return sameArguments(given, struct) ? given.info().equals(struct.info()) ? EXACT : WIDENED : MISFIT;
        }
        return isVoidPointer(given) ? CONVERTED : MISFIT;
    }

    private static int boxCost(Type target) {
        if (!(target instanceof ClassType box)) {
            return target instanceof TypeParameter ? CONVERTED : MISFIT;
        }
        if (integerOf(box) != null) {
            return CONVERTED;
        }
        return switch (box.info().internalName()) {
            case "java/lang/Number", "java/lang/Comparable" -> CONVERTED;
            default -> MISFIT;
        };
    }

    private static boolean sameStorage(ArrayType a, ArrayType b) {
        return a.descriptor().equals(b.descriptor())
                || (a.element() instanceof ClassType given
                        && b.element() instanceof ClassType wanted
                        && given.info().isA(wanted.info()));
    }

    private static boolean sameArguments(ClassType given, ClassType wanted) {
        ClassType view = given.as(wanted.info());
        if (view == null || view.arguments().isEmpty() || wanted.arguments().isEmpty()) {
            return true;
        }
        for (int i = 0; i < wanted.arguments().size(); i++) {
            if (!compatible(view.arguments().get(i), wanted.arguments().get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean compatible(Type given, Type wanted) {
        if (given instanceof ClassType a && wanted instanceof ClassType b) {
            return a.info().isA(b.info()) || isVoidPointer(a);
        }
        if (given.isReference() && wanted instanceof IntegerType integer) {
            return Objects.equals(integerOf(given), integer);
        }
        return !(given instanceof IntegerType) || given.equals(wanted);
    }

    /** {@code value} as a {@code target} that it fits. */
    Value apply(Value value, Type target) {
        if (target == IntegerType.BOOL) {
            return integerOf(value.type()) == IntegerType.BOOL ? Convert.to(target, value) : Truth.of(value);
        }
        if (target instanceof IntegerType integer) {
            Integer letter = letter(value);
            return letter == null ? Convert.to(integer, value) : Constant.integer(integer, letter);
        }
        return value.type() == SpecialType.NULL ? Constant.nothing(target) : Convert.to(target, value);
    }

    /** The truth of {@code value}, as a condition asks for it. */
    Value truth(Value value, ASTNode at) {
        if (value instanceof FunctionName function) {
            return body.wrong(at, "the function '" + function.name() + "' is never NULL");
        }
        if (value.type().isVoid()) {
            return body.wrong(at, "this returns nothing, so it is neither true nor false");
        }
        return value.type().isUnknown() ? Constant.unknown() : Truth.of(value);
    }

    /** The integer type of a value that is a number, boxed or not, or null. */
    static @Nullable IntegerType integerOf(Type type) {
        if (type instanceof IntegerType integer) {
            return integer;
        }
        return type instanceof ClassType box ? IntegerType.unboxed(box.info().internalName()) : null;
    }

    /** The number that a string of one letter is where a number is wanted, or null. */
    static @Nullable Integer letter(Value value) {
        String text = value instanceof Constant constant ? constant.text() : null;
        return text != null && text.length() == 1 ? Integer.valueOf(text.charAt(0)) : null;
    }

    static boolean isVoidPointer(Type type) {
        return type instanceof ClassType struct && isObject(struct.info());
    }

    private static boolean isObject(ClassInfo info) {
        return info.internalName().equals("java/lang/Object");
    }

    /** {@code value} as an object, for collections and variable arguments. */
    public Value boxed(Value value) {
        return value.type() instanceof IntegerType
                ? Convert.to(body.unit().types().object(), value)
                : value;
    }

    /** The class that boxes an integer type. */
    ClassType box(IntegerType type) {
        return switch (type.descriptor()) {
            case "Z" -> body.unit().java(Boolean.class);
            case "I" -> body.unit().java(Integer.class);
            default -> body.unit().java(Long.class);
        };
    }

    /** The one type that all of {@code types} fit, as good as it can be told. */
    Type common(List<Type> types) {
        Type common = null;
        for (Type type : types) {
            common = common == null || common == SpecialType.NULL ? type : common(common, type);
        }
        return common == null ? body.unit().types().object() : common;
    }

    private Type common(Type a, Type b) {
        if (a.equals(b) || b == SpecialType.NULL || a.isUnknown()) {
            return a;
        }
        if (b.isUnknown()) {
            return b;
        }
        IntegerType left = integerOf(a);
        IntegerType right = integerOf(b);
        if (left != null && right != null) {
            return IntegerType.common(left, right);
        }
        if (a instanceof ClassType x && b instanceof ClassType y) {
            if (isVoidPointer(y) || x.info().isA(y.info())) {
                return b;
            }
            if (isVoidPointer(x) || y.info().isA(x.info())) {
                return a;
            }
        }
        return body.unit().types().object();
    }
}
