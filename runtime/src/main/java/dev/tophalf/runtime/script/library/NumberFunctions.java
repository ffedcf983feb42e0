package dev.tophalf.runtime.script.library;

import dev.tophalf.runtime.script.library.Blocks.Action;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;

/** What Groovy adds to numbers, and lists that are made of numbers. */
public final class NumberFunctions {
    private NumberFunctions() {}

    public static void times(int self, Action<Integer> block) {
        for (int i = 0; i < self; i++) {
            block.accept(i);
        }
    }

    public static void upto(int self, int last, Action<Integer> block) {
        for (long i = self; i <= last; i++) {
            block.accept((int) i);
        }
    }

    public static void downto(int self, int last, Action<Integer> block) {
        for (long i = self; i >= last; i--) {
            block.accept((int) i);
        }
    }

    /** {@code first..last}, or {@code last..first} backwards; empty if {@code last} is less than {@code first}. */
    public static List<Integer> range(int first, int last, boolean backwards) {
        return new Range(first, last, backwards);
    }

    /** The elements of an array of integers, which is as C sees it: of unsigned ones, or signed. */
    public static List<Object> list(Object array, boolean unsigned) {
        int length = Array.getLength(array);
        List<Object> list = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            Object element = Array.get(array, i);
            list.add(element instanceof Number number ? carried(number, unsigned) : element);
        }
        return list;
    }

    /** A number of C as a variable of the driver holds it: up to 32 bits in an int, but a {@code u32} in a long. */
    private static Number carried(Number stored, boolean unsigned) {
        if (stored instanceof Byte number) {
            return unsigned ? Byte.toUnsignedInt(number) : number.intValue();
        }
        if (stored instanceof Short number) {
            return unsigned ? Short.toUnsignedInt(number) : number.intValue();
        }
        return unsigned && stored instanceof Integer number ? (Number) Integer.toUnsignedLong(number) : stored;
    }
}
