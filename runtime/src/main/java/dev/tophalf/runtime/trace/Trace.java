package dev.tophalf.runtime.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What happened, latest last. It keeps the newest records and counts all of them. */
public final class Trace {
    /** The most records that are kept; a power of two, as every size of the ring is. */
    private static final int CAPACITY = 1 << 16;

    private static final int FIRST = 1 << 8;

    private TraceRecord[] records = new TraceRecord[FIRST];
    private long[] times = new long[FIRST];
    private String[] places = new String[FIRST];
    private long count;

    /** Appends what happened at {@code timeNs}, where {@code place} says on which CPU and in which context. */
    public void add(long timeNs, String place, TraceRecord record) {
        if (count == records.length && count < CAPACITY) {
            grow();
        }
        int slot = slot(count);
        records[slot] = record;
        times[slot] = timeNs;
        places[slot] = place;
        count++;
    }

    private void grow() {
        int size = records.length * 2;
        records = Arrays.copyOf(records, size);
        times = Arrays.copyOf(times, size);
        places = Arrays.copyOf(places, size);
    }

    private int slot(long index) {
        return (int) (index & (records.length - 1));
    }

    /** How many records there were, forgotten ones included. */
    public long count() {
        return count;
    }

    /** The records that are kept, oldest first. */
    public List<TraceRecord> records() {
        List<TraceRecord> kept = new ArrayList<>();
        for (long i = Math.max(0, count - CAPACITY); i < count; i++) {
            kept.add(records[slot(i)]);
        }
        return kept;
    }

    /** The records that are kept as lines: seconds, place, what happened. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (long i = Math.max(0, count - CAPACITY); i < count; i++) {
            int slot = slot(i);
            lines.add(String.format(
                    Locale.ROOT, "%s %s  %s", KernelLog.seconds(times[slot]), places[slot], records[slot].text()));
        }
        return lines;
    }
}
