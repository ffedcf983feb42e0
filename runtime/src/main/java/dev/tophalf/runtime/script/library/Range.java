package dev.tophalf.runtime.script.library;

import java.util.AbstractList;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** The numbers from one to another, none of which is kept. */
final class Range extends AbstractList<Integer> implements RandomAccess {
    private final int first;
    private final int size;
    private final int step;

    Range(int first, int last, boolean backwards) {
        long length = Math.max(0, (long) last - first + 1);
        if (length > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("the range " + first + ".." + last + " is longer than a list can be");
        }
        this.size = (int) length;
        this.first = backwards ? last : first;
        this.step = backwards ? -1 : 1;
    }

    @Override
    public Integer get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("Index " + index + " out of bounds for length " + size);
        }
        return first + index * step;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean contains(@Nullable Object value) {
        return indexOf(value) >= 0;
    }

    @Override
    public int indexOf(@Nullable Object value) {
        if (!(value instanceof Integer || value instanceof Long)) {
            return -1;
        }
        long index = (((Number) value).longValue() - first) * step;
        return index >= 0 && index < size ? (int) index : -1;
    }
}
