package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.memory.EmbeddedStruct;
import java.util.List;

/** Locks that are taken together, and the order in which those who want them have begun ({@code struct ww_class}). */
public abstract class WoundWaitClass extends EmbeddedStruct {
    private boolean waitDie;
    private long stamps;

    /** Says who of two gives way: the younger when he would wait (wait-die), or when he keeps the older waiting. */
    public final void setWaitDie(boolean newWaitDie) {
        waitDie = newWaitDie;
    }

    final boolean isWaitDie() {
        return waitDie;
    }

    /** The next to begin. */
    final long nextStamp() {
        return ++stamps;
    }

    /** What its locks have in common to the lock checker. */
    final Object mutexKey() {
        return List.of(this, "mutex");
    }

    /** What its contexts have in common. */
    final Object acquireKey() {
        return List.of(this, "acquire");
    }
}
