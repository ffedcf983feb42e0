package dev.tophalf.runtime.sched;

/** Ends whatever runs on a machine that has stopped for good, as Linux does after a panic. */
public final class MachineStopped extends Error {
    private static final long serialVersionUID = 1;

    public MachineStopped(String reason) {
        super(reason, null, false, false);
    }
}
