package dev.tophalf.runtime.sched;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What tasks run on: something that can leave a body in the middle and come back to it. One body of a carrier runs at
 * a time, and while one does, the host waits.
 *
 * <p>A carrier may serve one simulation after another, which saves making its threads anew.
 */
public interface Carrier extends AutoCloseable {
    /**
     * Makes a body ready to run; it starts when somebody first goes to it.
     *
     * @param name for a debugger
     * @param body returns where to go when it has ended; null goes to the host
     */
    Fiber create(String name, Supplier<@Nullable Fiber> body);

    /** Goes from the host to {@code fiber}. Returns when one of the carrier's fibers goes to the host. */
    void enter(Fiber fiber);

    /** Goes from {@code from}, which runs, to another fiber or, for null, to the host. Returns when somebody comes back. */
    void leave(Fiber from, @Nullable Fiber to);

    /** As {@code --tasks} names it. */
    String name();

    /** Ends what the carrier keeps for later use. Every fiber has ended by now, or is never resumed. */
    @Override
    void close();

    /** A body that can be left in the middle. */
    interface Fiber {}

    /** The fastest carrier that this JVM has. */
    static Carrier best() {
        return ContinuationCarrier.isAvailable() ? new ContinuationCarrier() : new PlatformCarrier();
    }
}
