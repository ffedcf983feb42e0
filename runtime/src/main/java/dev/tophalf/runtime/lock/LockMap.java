package dev.tophalf.runtime.lock;

import org.jspecify.annotations.Nullable;

/** What the checker knows a lock by: its classes, one for each subclass ({@code struct lockdep_map}). */
public final class LockMap {
    /** How many subclasses a lock can have. */
    public static final int SUBCLASSES = 8;

    /** The key of locks that are not checked ({@code lockdep_set_novalidate_class()}). */
    public static final Object UNCHECKED = new Object();

    final Object key;
    final String name;
    final WaitType waitType;
    private final int base;
    final @Nullable LockClass[] classes = new LockClass[SUBCLASSES];

    /**
     * @param key what locks of one class share: the place that initialised them, or the variable that one is
     * @param name as reports call it
     * @param waitType what waiting for it does
     */
    public LockMap(Object key, String name, WaitType waitType) {
        this(key, name, waitType, 0);
    }

    /** As the other one, where who names no subclass means {@code base}. */
    public LockMap(Object key, String name, WaitType waitType, int base) {
        this.base = base;
        this.key = key;
        this.name = name;
        this.waitType = waitType;
    }

    /** What its locks share. */
    public Object key() {
        return key;
    }

    /** The subclass that {@code subclass} stands for. */
    int subclass(int subclass) {
        return subclass == 0 ? base : subclass;
    }

    /** The name of its locks. */
    public String name() {
        return name;
    }
}
