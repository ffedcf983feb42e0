package dev.tophalf.runtime.script.library;

import org.jspecify.annotations.Nullable;

/** What library functions ask of elements: a number, an order, whether they are the same. */
final class Values {
    /** The most characters that a text may have that a driver makes. */
    private static final int LONGEST_TEXT = 1 << 16;

    private Values() {}

    /** The number that {@code function} needs. */
    static long number(@Nullable Object value, String function) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException(function + " takes numbers, not '" + Library.text(value) + "'");
    }

    /** The order of numbers, or of texts. */
    static int compare(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return Long.compare(x.longValue(), y.longValue());
        }
        if (a instanceof String x && b instanceof String y) {
            return x.compareTo(y);
        }
        if (a instanceof Boolean x && b instanceof Boolean y) {
            return Boolean.compare(x, y);
        }
        throw new IllegalArgumentException("'" + Library.text(a) + "' and '" + Library.text(b)
                + "' have no order; say what to compare: sort { it.count }");
    }

    /** Whether two elements are equal numbers or texts, or the same object. */
    static boolean same(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return x.longValue() == y.longValue();
        }
        return a == b || ((a instanceof String || a instanceof Boolean) && a.equals(b));
    }

    /** Ends what would make a text longer than any driver needs. */
    static void checkLength(long characters) {
        if (characters > LONGEST_TEXT) {
            throw new IllegalArgumentException(
                    "a text of " + characters + " characters; the longest has " + LONGEST_TEXT);
        }
    }
}
