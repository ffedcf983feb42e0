package dev.tophalf.runtime.hw;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The physical addresses of a machine: which peripheral answers where. */
public final class AddressSpace {
    private final TreeMap<Long, Window> windows = new TreeMap<>();

    /**
     * A range of addresses that a peripheral answers.
     *
     * @param name the peripheral's label
     * @param start the first address
     * @param size in bytes
     */
    public record Window(String name, long start, long size, RegisterMap registers) {
        /** Whether the range has {@code address}. */
        public boolean contains(long address) {
            return address >= start && address < start + size;
        }
    }

    /** Puts a peripheral's registers at {@code start}. */
    public void map(Window window) {
        Map.Entry<Long, Window> before = windows.floorEntry(window.start() + window.size() - 1);
        if (before != null && before.getValue().start() + before.getValue().size() > window.start()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s at 0x%x overlaps %s at 0x%x",
                    window.name(),
                    window.start(),
                    before.getValue().name(),
                    before.getValue().start()));
        }
        windows.put(window.start(), window);
    }

    /** The peripheral that answers at {@code address}, or null. */
    public @Nullable Window at(long address) {
        Map.Entry<Long, Window> entry = windows.floorEntry(address);
        return entry != null && entry.getValue().contains(address) ? entry.getValue() : null;
    }
}
