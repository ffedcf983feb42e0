package dev.tophalf.runtime.script;

/**
 * The end of the time that a compilation has. Whoever waits for it interrupts its thread; every step that may take long
 * looks here often, whatever it is in the middle of.
 */
public final class Deadline {
    private Deadline() {}

    /** Ends the compilation on this thread if its time is over. */
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new Passed();
        }
    }

    /** What ends a compilation. */
    static final class Passed extends Error {
        private static final long serialVersionUID = 1;

        Passed() {
            super("the time is over", null, false, false);
        }
    }
}
