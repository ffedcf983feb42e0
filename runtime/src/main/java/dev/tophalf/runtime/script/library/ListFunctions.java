package dev.tophalf.runtime.script.library;

import dev.tophalf.runtime.script.library.Blocks.Action;
import dev.tophalf.runtime.script.library.Blocks.Order;
import dev.tophalf.runtime.script.library.Blocks.PairAction;
import dev.tophalf.runtime.script.library.Blocks.PairTransform;
import dev.tophalf.runtime.script.library.Blocks.Rank;
import dev.tophalf.runtime.script.library.Blocks.Test;
import dev.tophalf.runtime.script.library.Blocks.Transform;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Groovy adds to Java's collections, {@code list.each { ... }} and the like, as functions of the collection. The
 * names and what they do are Groovy's.
 *
 * <p>The caller has charged for walking through {@code self} once; blocks charge for themselves.
 */
public final class ListFunctions {
    private ListFunctions() {}

    public static <T> void each(Collection<T> self, Action<T> block) {
        for (T element : self) {
            block.accept(element);
        }
    }

    public static <T> void eachWithIndex(Collection<T> self, PairAction<T, Integer> block) {
        int index = 0;
        for (T element : self) {
            block.accept(element, index++);
        }
    }

    public static <T> void reverseEach(List<T> self, Action<T> block) {
        for (int i = self.size() - 1; i >= 0; i--) {
            block.accept(self.get(i));
        }
    }

    public static <T, R> List<R> collect(Collection<T> self, Transform<T, R> block) {
        List<R> made = new ArrayList<>();
        for (T element : self) {
            made.add(block.apply(element));
        }
        return made;
    }

    /** The first element that passes, or null. */
    public static <T> @Nullable T find(Collection<T> self, Test<T> block) {
        for (T element : self) {
            if (block.test(element)) {
                return element;
            }
        }
        return null;
    }

    public static <T> int findIndexOf(Collection<T> self, Test<T> block) {
        int index = 0;
        for (T element : self) {
            if (block.test(element)) {
                return index;
            }
            index++;
        }
        return -1;
    }

    public static <T> List<T> findAll(Collection<T> self, Test<T> block) {
        List<T> found = new ArrayList<>();
        for (T element : self) {
            if (block.test(element)) {
                found.add(element);
            }
        }
        return found;
    }

    public static <T> boolean any(Collection<T> self, Test<T> block) {
        return findIndexOf(self, block) >= 0;
    }

    public static <T> boolean every(Collection<T> self, Test<T> block) {
        return !any(self, element -> !block.test(element));
    }

    public static <T> int count(Collection<T> self, Test<T> block) {
        int count = 0;
        for (T element : self) {
            count += block.test(element) ? 1 : 0;
        }
        return count;
    }

    public static <T, R> R inject(Collection<T> self, R first, PairTransform<R, T, R> block) {
        R all = first;
        for (T element : self) {
            all = block.apply(all, element);
        }
        return all;
    }

    /** The elements put together two by two, or null if there are none. */
    public static <T> @Nullable T inject(Collection<T> self, PairTransform<T, T, T> block) {
        Iterator<T> rest = self.iterator();
        if (!rest.hasNext()) {
            return null;
        }
        T all = rest.next();
        while (rest.hasNext()) {
            all = block.apply(all, rest.next());
        }
        return all;
    }

    public static <T> long sum(Collection<T> self) {
        long sum = 0;
        for (T element : self) {
            sum += Values.number(element, "sum()");
        }
        return sum;
    }

    public static <T> long sum(Collection<T> self, Transform<T, Long> block) {
        long sum = 0;
        for (T element : self) {
            sum += block.apply(element);
        }
        return sum;
    }

    /** The greatest element, or null if there is none. */
    public static <T> @Nullable T max(Collection<T> self) {
        return self.isEmpty() ? null : Collections.max(self, Values::compare);
    }

    public static <T> @Nullable T max(Collection<T> self, Rank<T> block) {
        return self.isEmpty() ? null : Collections.max(self, byKey(block)::compare);
    }

    public static <T> @Nullable T max(Collection<T> self, Order<T> block) {
        return self.isEmpty() ? null : Collections.max(self, block::compare);
    }

    /** The least element, or null if there is none. */
    public static <T> @Nullable T min(Collection<T> self) {
        return self.isEmpty() ? null : Collections.min(self, Values::compare);
    }

    public static <T> @Nullable T min(Collection<T> self, Rank<T> block) {
        return self.isEmpty() ? null : Collections.min(self, byKey(block)::compare);
    }

    public static <T> @Nullable T min(Collection<T> self, Order<T> block) {
        return self.isEmpty() ? null : Collections.min(self, block::compare);
    }

    /** Sorts a list in place, or the elements of any other collection into a new one. */
    public static <T> List<T> sort(Collection<T> self) {
        return sort(self, Values::compare);
    }

    public static <T> List<T> sort(Collection<T> self, Rank<T> block) {
        return sort(self, byKey(block));
    }

    public static <T> List<T> sort(Collection<T> self, Order<T> block) {
        List<T> sorted = self instanceof ArrayList<T> list ? list : new ArrayList<>(self);
        sorted.sort(block::compare);
        return sorted;
    }

    public static <T> List<T> toSorted(Collection<T> self) {
        return sort(toList(self));
    }

    public static <T> List<T> toSorted(Collection<T> self, Rank<T> block) {
        return sort(toList(self), block);
    }

    public static <T> List<T> toSorted(Collection<T> self, Order<T> block) {
        return sort(toList(self), block);
    }

    private static <T> Order<T> byKey(Rank<T> key) {
        return (a, b) -> Values.compare(key.of(a), key.of(b));
    }

    public static <T> List<T> reverse(List<T> self) {
        List<T> reversed = new ArrayList<>(self);
        Collections.reverse(reversed);
        return reversed;
    }

    /** Leaves out, in place, what was there before. */
    public static <T> List<T> unique(List<T> self) {
        Set<Object> seen = new LinkedHashSet<>();
        self.removeIf(element -> !seen.add(Library.key(element)));
        return self;
    }

    public static <T> List<T> toList(Collection<T> self) {
        return new ArrayList<>(self);
    }

    public static <T> Set<T> toSet(Collection<T> self) {
        Set<T> set = new LinkedHashSet<>();
        for (T element : self) {
            Library.key(element);
            set.add(element);
        }
        return set;
    }

    public static <T> @Nullable T first(List<T> self) {
        return self.get(0);
    }

    public static <T> @Nullable T last(List<T> self) {
        return self.get(self.size() - 1);
    }

    public static <T> List<T> take(List<T> self, int count) {
        return new ArrayList<>(self.subList(0, Math.max(0, Math.min(count, self.size()))));
    }

    public static <T> List<T> drop(List<T> self, int count) {
        return new ArrayList<>(self.subList(Math.max(0, Math.min(count, self.size())), self.size()));
    }

    /** The elements at those places. */
    public static <T> List<T> getAt(List<T> self, List<Integer> places) {
        List<T> found = new ArrayList<>();
        for (int place : places) {
            found.add(self.get(place));
        }
        return found;
    }

    public static <T> String join(Collection<T> self) {
        return join(self, "");
    }

    public static <T> String join(Collection<T> self, String between) {
        StringBuilder text = new StringBuilder();
        String separator = "";
        for (T element : self) {
            text.append(separator).append(Library.text(element));
            Values.checkLength(text.length());
            separator = between;
        }
        return text.toString();
    }

    /** The elements by what the block makes of them, in the order of their first. */
    public static <T, K> Map<K, List<T>> groupBy(Collection<T> self, Transform<T, K> block) {
        Map<K, List<T>> groups = new LinkedHashMap<>();
        for (T element : self) {
            K key = block.apply(element);
            Library.key(key);
            groups.computeIfAbsent(key, any -> new ArrayList<>()).add(element);
        }
        return groups;
    }

    public static <T> List<T> plus(Collection<T> self, Collection<T> others) {
        List<T> all = new ArrayList<>(self);
        all.addAll(others);
        return all;
    }

    public static <T> List<T> plus(Collection<T> self, T other) {
        List<T> all = new ArrayList<>(self);
        all.add(other);
        return all;
    }

    public static <T> List<T> minus(Collection<T> self, T other) {
        return findAll(self, element -> !Values.same(element, other));
    }

    /** The elements that are not among {@code others}. */
    public static <T> List<T> minus(Collection<T> self, Collection<T> others) {
        Set<Object> without = new LinkedHashSet<>();
        others.forEach(other -> without.add(Library.key(other)));
        return findAll(self, element -> !without.contains(Library.key(element)));
    }

    public static <T> boolean addAll(Collection<T> self, Collection<T> others) {
        return self.addAll(others);
    }

    public static <T> boolean removeAll(Collection<T> self, Test<T> block) {
        return self.removeIf(block::test);
    }

    /** Whether two lists have the same elements. */
    public static <T> boolean equals(@Nullable List<T> self, @Nullable List<T> other) {
        if (self == other) {
            return true;
        }
        if (self == null || other == null || self.size() != other.size()) {
            return false;
        }
        Iterator<T> others = other.iterator();
        for (T element : self) {
            if (!Values.same(element, others.next())) {
                return false;
            }
        }
        return true;
    }
}
