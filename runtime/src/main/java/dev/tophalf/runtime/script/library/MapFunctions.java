package dev.tophalf.runtime.script.library;

import dev.tophalf.runtime.script.library.Blocks.Action;
import dev.tophalf.runtime.script.library.Blocks.PairAction;
import dev.tophalf.runtime.script.library.Blocks.PairTest;
import dev.tophalf.runtime.script.library.Blocks.PairTransform;
import dev.tophalf.runtime.script.library.Blocks.Test;
import dev.tophalf.runtime.script.library.Blocks.Transform;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Groovy adds to Java's maps. A block takes an entry, or its key and its value. */
public final class MapFunctions {
    private MapFunctions() {}

    public static <K, V> void each(Map<K, V> self, Action<Map.Entry<K, V>> block) {
        self.entrySet().forEach(block::accept);
    }

    public static <K, V> void each(Map<K, V> self, PairAction<K, V> block) {
        self.forEach(block::accept);
    }

    public static <K, V, R> List<R> collect(Map<K, V> self, Transform<Map.Entry<K, V>, R> block) {
        return ListFunctions.collect(self.entrySet(), block);
    }

    public static <K, V, R> List<R> collect(Map<K, V> self, PairTransform<K, V, R> block) {
        return ListFunctions.collect(self.entrySet(), entry -> block.apply(entry.getKey(), entry.getValue()));
    }

    /** The first entry that passes, or null. */
    public static <K, V> Map.@Nullable Entry<K, V> find(Map<K, V> self, Test<Map.Entry<K, V>> block) {
        return ListFunctions.find(self.entrySet(), block);
    }

    public static <K, V> Map.@Nullable Entry<K, V> find(Map<K, V> self, PairTest<K, V> block) {
        return ListFunctions.find(self.entrySet(), ofEntry(block));
    }

    public static <K, V> Map<K, V> findAll(Map<K, V> self, Test<Map.Entry<K, V>> block) {
        Map<K, V> found = new LinkedHashMap<>();
        for (Map.Entry<K, V> entry : self.entrySet()) {
            if (block.test(entry)) {
                found.put(entry.getKey(), entry.getValue());
            }
        }
        return found;
    }

    public static <K, V> Map<K, V> findAll(Map<K, V> self, PairTest<K, V> block) {
        return findAll(self, ofEntry(block));
    }

    public static <K, V> boolean any(Map<K, V> self, Test<Map.Entry<K, V>> block) {
        return ListFunctions.any(self.entrySet(), block);
    }

    public static <K, V> boolean any(Map<K, V> self, PairTest<K, V> block) {
        return any(self, ofEntry(block));
    }

    public static <K, V> boolean every(Map<K, V> self, Test<Map.Entry<K, V>> block) {
        return ListFunctions.every(self.entrySet(), block);
    }

    public static <K, V> boolean every(Map<K, V> self, PairTest<K, V> block) {
        return every(self, ofEntry(block));
    }

    public static <K, V> int count(Map<K, V> self, Test<Map.Entry<K, V>> block) {
        return ListFunctions.count(self.entrySet(), block);
    }

    public static <K, V> int count(Map<K, V> self, PairTest<K, V> block) {
        return count(self, ofEntry(block));
    }

    private static <K, V> Test<Map.Entry<K, V>> ofEntry(PairTest<K, V> block) {
        return entry -> block.test(entry.getKey(), entry.getValue());
    }
}
