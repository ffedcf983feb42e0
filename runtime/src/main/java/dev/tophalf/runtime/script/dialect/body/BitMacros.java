package dev.tophalf.runtime.script.dialect.body;

import dev.tophalf.runtime.contract.LvalueMacro.Access;
import dev.tophalf.runtime.script.dialect.tree.Arithmetic;
import dev.tophalf.runtime.script.dialect.tree.ArrayLength;
import dev.tophalf.runtime.script.dialect.tree.BitAccess;
import dev.tophalf.runtime.script.dialect.tree.Call;
import dev.tophalf.runtime.script.dialect.tree.Constant;
import dev.tophalf.runtime.script.dialect.tree.Convert;
import dev.tophalf.runtime.script.dialect.tree.Place;
import dev.tophalf.runtime.script.dialect.tree.Sequence;
import dev.tophalf.runtime.script.dialect.tree.Temporary;
import dev.tophalf.runtime.script.dialect.tree.Value;
import dev.tophalf.runtime.script.dialect.type.ArrayType;
import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.Type;
import java.util.List;
import java.util.function.UnaryOperator;
import org.codehaus.groovy.ast.expr.Expression;

/** Macros on bits: {@code set_bit(3, d.flags)} sets one in the integer {@code flags}, or in the array of that name. */
final class BitMacros {
    private static final int SHIFT_OF_WORD = 6;

    private final Body body;

    BitMacros(Body body) {
        this.body = body;
    }

    /**
     * The access to a bit of {@code lvalue}.
     *
     * @param number the bit's number
     * @param marker makes the call of the macro's method of the number
     * @param exists the function that says whether there is such a bit
     */
    Value call(Access access, Expression number, UnaryOperator<Value> marker, Expression lvalue, Callable exists) {
        Value nr = body.expressions().value(number, IntegerType.S64);
        Value given = body.expressions().value(lvalue);
        if (nr.type().isUnknown() || given.type().isUnknown()) {
            return Constant.unknown();
        }
        Temporary kept = new Temporary(nr);
        if (given.type() instanceof ArrayType type) {
            if (!isWord(type.element())) {
                return refuse(lvalue, given.type());
            }
            Temporary words = new Temporary(given);
            Value length = new ArrayLength(words.again());
            Value index = Arithmetic.of(
                    Arithmetic.Operator.SHIFT_RIGHT, kept.again(), Constant.integer(IntegerType.S32, SHIFT_OF_WORD));
            Place word = Place.ofElement(words.again(), Convert.to(IntegerType.S32, index));
            Value result = access(access, marker, kept, word, exists, length);
            return new Sequence(words, new Sequence(kept, result));
        }
        if (!isWord(given.type())) {
            return refuse(lvalue, given.type());
        }
        Place word = body.places().assignable(lvalue);
        if (word == null) {
            return Constant.unknown();
        }
        return new Sequence(kept, access(access, marker, kept, word, exists, Constant.integer(IntegerType.S32, 1)));
    }

    private static boolean isWord(Type type) {
        return type == IntegerType.S64 || type == IntegerType.U64;
    }

    private Value refuse(Expression lvalue, Type type) {
        return body.wrong(
                lvalue, "bits are those of a 'ulong' or of an array of them, and this is '" + type.words() + "'");
    }

    private static Value access(
            Access access, UnaryOperator<Value> marker, Temporary number, Place word, Callable exists, Value words) {
        Call check = new Call(IntegerType.BOOL, exists, null, List.of(number.again(), words), 0);
        return new BitAccess(access, marker.apply(number.again()), check, word, number.again());
    }
}
