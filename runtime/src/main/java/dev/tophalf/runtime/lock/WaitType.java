package dev.tophalf.runtime.lock;

/** What waiting for a lock does to its caller, least first ({@code enum lockdep_wait_type}). */
public enum WaitType {
    /** It is not known, and not checked. */
    NONE,
    /** Nobody waits. */
    FREE,
    /** The CPU is kept busy, whatever the kernel's configuration. */
    SPIN,
    /** The CPU is kept busy; with PREEMPT_RT the task sleeps. */
    CONFIG,
    /** The task sleeps. */
    SLEEP
}
