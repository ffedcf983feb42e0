package dev.tophalf.runtime.time;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The machine's only clock: virtual nanoseconds since boot, and the events that are due on it. */
public final class VirtualClock {
    private final TreeSet<Event> events = new TreeSet<>();
    private long nowNs;
    private long nextSequence;

    /** Nanoseconds since boot. */
    public long nowNs() {
        return nowNs;
    }

    /** Arranges for {@code action} to run when the clock reaches {@code dueNs}; equal times run in order of this call. */
    public Event at(long dueNs, String what, Runnable action) {
        Event event = new Event(Math.max(dueNs, nowNs), nextSequence++, what, action);
        events.add(event);
        return event;
    }

    /** When the next event is due, or {@link Long#MAX_VALUE} if there is none. */
    public long nextDueNs() {
        return events.isEmpty() ? Long.MAX_VALUE : events.first().dueNs;
    }

    /** Moves to {@code targetNs} and runs what is due on the way, each event at its own time. */
    public void advanceTo(long targetNs) {
        while (nextDueNs() <= targetNs) {
            runNext();
        }
        nowNs = Math.max(nowNs, targetNs);
    }

    /** Moves to the next event and runs it; false if there is none. */
    public boolean advanceToNext() {
        if (nextDueNs() == Long.MAX_VALUE) {
            return false;
        }
        runNext();
        return true;
    }

    private void runNext() {
        Event event = events.first();
        events.remove(event);
        nowNs = Math.max(nowNs, event.dueNs);
        event.action.run();
    }

    /** Something that is due at a time. */
    public final class Event implements Comparable<Event> {
        private final long dueNs;
        private final long sequence;
        private final String what;
        private final Runnable action;

        private Event(long dueNs, long sequence, String what, Runnable action) {
            this.dueNs = dueNs;
            this.sequence = sequence;
            this.what = what;
            this.action = action;
        }

        /** Takes the event off the clock; true if it had still been due. */
        public boolean cancel() {
            return events.remove(this);
        }

        /** When it is due. */
        public long dueNs() {
            return dueNs;
        }

        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(dueNs, other.dueNs);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(sequence);
        }

        @Override
        public String toString() {
            return what + " at " + dueNs + " ns";
        }
    }
}
