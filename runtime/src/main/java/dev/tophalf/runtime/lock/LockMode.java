package dev.tophalf.runtime.lock;

/** How a lock is taken. */
public enum LockMode {
    /** By one at a time. */
    EXCLUSIVE,
    /** Together with other readers; a reader waits behind a writer that waits. */
    SHARED,
    /** Together with other readers, whoever waits: the same context may do so again. */
    RECURSIVE;

    public boolean isRead() {
        return this != EXCLUSIVE;
    }
}
