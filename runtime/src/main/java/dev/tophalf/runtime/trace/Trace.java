package dev.tophalf.runtime.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What happened, latest last. It keeps the newest records and counts all of them. */
public final class Trace {
    private static final int CAPACITY = 1 << 16;

    private final TraceRecord[] records = new TraceRecord[CAPACITY];
    private final long[] times = new long[CAPACITY];
    private final String[] places = new String[CAPACITY];
    private long count;

    /** Appends what happened at {@code timeNs}, where {@code place} says on which CPU and in which context. */
    public void add(long timeNs, String place, TraceRecord record) {
        int slot = (int) (count & (CAPACITY - 1));
        records[slot] = record;
        times[slot] = timeNs;
        places[slot] = place;
        count++;
    }

    /** How many records there were, forgotten ones included. */
    public long count() {
        return count;
    }

    /** The records that are kept, oldest first. */
    public List<TraceRecord> records() {
        List<TraceRecord> kept = new ArrayList<>();
        for (long i = Math.max(0, count - CAPACITY); i < count; i++) {
            kept.add(records[(int) (i & (CAPACITY - 1))]);
        }
        return kept;
    }

    /** The records that are kept as lines: seconds, place, what happened. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (long i = Math.max(0, count - CAPACITY); i < count; i++) {
            int slot = (int) (i & (CAPACITY - 1));
            lines.add(String.format(
                    Locale.ROOT, "%s %s  %s", KernelLog.seconds(times[slot]), places[slot], records[slot].text()));
        }
        return lines;
    }
}
