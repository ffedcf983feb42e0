package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.trace.Site;
import org.jspecify.annotations.Nullable;

/** What the kernel knows of a driver's struct whose function it calls later, and a driver does not see. */
abstract class Callback {
    final EmbeddedStruct struct;
    final Kind kind;

    /** The spinlocks that its function takes, and those of who waits for its end. */
    final LockHistory locks = new LockHistory();

    Site armedAt = Site.NONE;

    /** Whether the memory that it lies in knows of it. */
    boolean placed;

    Callback(EmbeddedStruct struct, Kind kind) {
        this.struct = struct;
        this.kind = kind;
    }

    /** What such a struct can be, and how reports speak of it. */
    enum Kind {
        TIMER(
                "pending",
                "ODEBUG: free active (active state 0) object type: timer_list",
                "timer_shutdown_sync()",
                "use timer_delete() or timer_shutdown() in the callback, or do not arm the timer again"),
        HRTIMER(
                "queued",
                "ODEBUG: free active (active state 0) object type: hrtimer",
                "hrtimer_cancel()",
                "return HRTIMER_NORESTART from the callback, which ends the timer"),
        TASKLET("scheduled", Kind.NOT_THERE, "tasklet_kill()", "");

        static final String NOT_THERE = "BUG: unable to handle page fault for address";

        final String armed;
        final String freed;
        final String undo;
        final String insteadOfWaiting;

        /**
         * @param armed the word for one that will be called
         * @param freed what Linux prints when the memory of such a one is freed
         * @param undo the function that makes sure that none is called any more
         * @param insteadOfWaiting what a callback does instead of waiting for itself
         */
        Kind(String armed, String freed, String undo, String insteadOfWaiting) {
            this.armed = armed;
            this.freed = freed;
            this.undo = undo;
            this.insteadOfWaiting = insteadOfWaiting;
        }
    }

    /** What it calls, if a driver has said that. */
    abstract @Nullable Object function();

    /** Whether it will be called. */
    abstract boolean isArmed();

    /** Sees to it that it is not called, without waiting for one that is. */
    abstract void disarm();

    /** As reports call it. */
    String name() {
        return EmbeddedStruct.nameOf(struct);
    }
}
