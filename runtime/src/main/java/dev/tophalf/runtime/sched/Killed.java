package dev.tophalf.runtime.sched;

/** Ends a task from inside. Driver code cannot keep it: the weaver throws it on from every handler. */
public final class Killed extends Error {
    private static final long serialVersionUID = 1;

    public Killed() {
        super("task killed", null, false, false);
    }
}
