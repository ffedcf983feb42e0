package dev.tophalf.runtime.cpu;

/** A stretch of code that holds nothing, but that others wait for the end of: a context is in it as it holds a lock. */
public interface ReadSection extends HoldableLock {
    /** Whether the code must not sleep. */
    boolean forbidsSleep();

    /** What begins it, as reports say it: {@code rcu_read_lock()}. */
    String begunBy();
}
