package dev.tophalf.runtime.lock;

import org.jspecify.annotations.Nullable;

/** What the checker knows a lock by: its classes, one for each subclass ({@code struct lockdep_map}). */
public final class LockMap {
    /** How many subclasses a lock can have. */
    public static final int SUBCLASSES = 8;

    final Object key;
    final String name;
    final WaitType waitType;
    final @Nullable LockClass[] classes = new LockClass[SUBCLASSES];

    /**
     * @param key what locks of one class share: the place that initialised them, or the variable that one is
     * @param name as reports call it
     * @param waitType what waiting for it does
     */
    public LockMap(Object key, String name, WaitType waitType) {
        this.key = key;
        this.name = name;
        this.waitType = waitType;
    }

    /** The name of its locks. */
    public String name() {
        return name;
    }
}
