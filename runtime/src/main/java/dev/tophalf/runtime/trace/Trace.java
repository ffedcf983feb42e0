package dev.tophalf.runtime.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What happened, latest last. It keeps the newest records and counts all of them. */
public final class Trace {
    /** The most records that are kept; a power of two, as every size of the ring is. */
    private static final int CAPACITY = 1 << 16;

    private static final int FIRST = 1 << 8;

    private Entry[] entries = new Entry[FIRST];
    private long count;

    /** A record with its time and place: one object, so that the ring is written once for each. */
    private record Entry(long timeNs, String place, TraceRecord record) {}

    /** Appends what happened at {@code timeNs}, where {@code place} says on which CPU and in which context. */
    public void add(long timeNs, String place, TraceRecord record) {
        if (count == entries.length && count < CAPACITY) {
            entries = Arrays.copyOf(entries, entries.length * 2);
        }
        entries[slot(count)] = new Entry(timeNs, place, record);
        count++;
    }

    private int slot(long index) {
        return (int) (index & (entries.length - 1));
    }

    /** How many records there were, forgotten ones included. */
    public long count() {
        return count;
    }

    /** The records that are kept, oldest first. */
    public List<TraceRecord> records() {
        List<TraceRecord> kept = new ArrayList<>();
        for (long i = Math.max(0, count - CAPACITY); i < count; i++) {
            kept.add(entries[slot(i)].record());
        }
        return kept;
    }

    /** The records that are kept as lines: seconds, place, what happened. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (long i = Math.max(0, count - CAPACITY); i < count; i++) {
            Entry entry = entries[slot(i)];
            lines.add(KernelLog.seconds(entry.timeNs()) + " " + entry.place() + "  "
                    + entry.record().text());
        }
        return lines;
    }
}
