package dev.tophalf.runtime.script.library;

/** What the blocks of code that library functions take are to them: {@code list.find { it > 3 }} takes a test. */
public final class Blocks {
    private Blocks() {}

    /** Does something with an element. */
    public interface Action<T> {
        void accept(T element);
    }

    /** Does something with an element and its number, or with a key and its value. */
    public interface PairAction<T, U> {
        void accept(T first, U second);
    }

    /** Says yes or no of an element. */
    public interface Test<T> {
        boolean test(T element);
    }

    /** Says yes or no of a key and its value. */
    public interface PairTest<T, U> {
        boolean test(T first, U second);
    }

    /** Makes something of an element. */
    public interface Transform<T, R> {
        R apply(T element);
    }

    /** Makes something of a key and its value, or of what there is so far and the next element. */
    public interface PairTransform<T, U, R> {
        R apply(T first, U second);
    }

    /** What an element is ordered by: a number or a string. */
    public interface Rank<T> {
        Comparable<?> of(T element);
    }

    /** An order of elements: negative, zero or positive if the first comes before, with or after the second. */
    public interface Order<T> {
        int compare(T first, T second);
    }
}
