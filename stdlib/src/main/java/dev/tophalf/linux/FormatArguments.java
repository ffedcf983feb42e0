package dev.tophalf.linux;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of one format, taken in turn, and what is wrong with them in the words of {@code gcc -Wformat}. */
final class FormatArguments {
    private final List<? extends @Nullable Object> arguments;
    private final int formatPosition;
    private final List<String> problems = new ArrayList<>();
    private int taken;
    private boolean isExhausted;

    /**
     * Begins with the first argument.
     *
     * @param formatPosition which argument of its function the format is, counted from 1
     */
    FormatArguments(List<? extends @Nullable Object> arguments, int formatPosition) {
        this.arguments = arguments;
        this.formatPosition = formatPosition;
    }

    boolean hasNext() {
        return taken < arguments.size();
    }

    @Nullable
    Object next() {
        return arguments.get(taken++);
    }

    void add(String problem) {
        problems.add(problem);
    }

    /** The last argument taken is not of the type that its conversion expects. */
    void mismatch(FormatConversion conversion, @Nullable Object argument) {
        mismatch("format '" + conversion.shown() + "'", conversion.expectedType(), argument);
    }

    void mismatch(String what, String expected, @Nullable Object argument) {
        boolean isNumber = FormatTypes.isInteger(argument) && expected.endsWith("int");
        add(what + " expects argument of type '" + expected + "', but argument " + position() + " has type '"
                + FormatTypes.nameOf(argument) + "'" + (isNumber ? " and the value " + argument : ""));
    }

    /** The last argument taken holds less than its conversion reads. */
    void tooShort(FormatConversion conversion, int wanted, int there) {
        add("format '%p" + conversion.extension() + "' reads " + wanted + " bytes, but argument " + position() + " has "
                + there);
    }

    /** There is no argument left; that is said once. */
    void tooFew(String what, String expected) {
        if (!isExhausted) {
            isExhausted = true;
            add("too few arguments for format: " + what + " expects a matching '" + expected + "' argument");
        }
    }

    private int position() {
        return formatPosition + taken;
    }

    ImmutableList<String> problems() {
        return ImmutableList.copyOf(problems);
    }
}
