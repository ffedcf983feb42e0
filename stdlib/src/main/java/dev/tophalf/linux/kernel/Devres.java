package dev.tophalf.linux.kernel;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a device's driver got through {@code devm_} functions: released in reverse order when the driver lets go. */
public final class Devres {
    private final Deque<Entry> entries = new ArrayDeque<>();

    private record Entry(Object key, Runnable release) {}

    /** Adds something to release; {@code key} finds it again. */
    public void add(Object key, Runnable release) {
        entries.push(new Entry(key, release));
    }

    /** Releases what was added with {@code key} now; false if there is no such thing. */
    public boolean release(Object key) {
        for (Entry entry : entries) {
            if (entry.key() == key) {
                entries.remove(entry);
                entry.release().run();
                return true;
            }
        }
        return false;
    }

    /** Releases everything, latest first. */
    public void releaseAll() {
        while (!entries.isEmpty()) {
            entries.pop().release().run();
        }
    }
}
