package dev.tophalf.runtime.sched;

/** When a task in the kernel may lose its CPU to another one: {@code preempt=} on the kernel's command line. */
public enum Preemption {
    /** Where it sleeps, or asks with {@code cond_resched()}. */
    NONE,
    /** Also at every call that might sleep. */
    VOLUNTARY,
    /** Wherever preemption is not off. */
    FULL
}
