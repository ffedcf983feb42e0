package dev.tophalf.runtime.cpu;

/** A lock that a context can hold. */
public interface HoldableLock {
    /** As the driver declares it, such as {@code button.lock}. */
    String lockName();

    /** Opens the lock whoever holds it: what the simulation does after a finding, so that the run can go on. */
    void breakOpen();
}
