package dev.tophalf.runtime.trace;

import dev.tophalf.runtime.contract.Contract;
import dev.tophalf.runtime.cpu.Cpu;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened, latest last. It keeps the newest records and counts all of them.
 *
 * <p>Calls are most of it, and most runs are never looked at, so that a call is two numbers here unless somebody wants
 * its arguments: nothing is allocated for it.
 */
public final class Trace {
    /** The most records that are kept; a power of two, as every size of the ring is. */
    private static final int CAPACITY = 1 << 16;

    private static final int FIRST = 1 << 8;
    private static final int PLACE_BITS = 8;
    private static final Object[] NOT_KEPT = {};

    private final Sites sites;
    private final boolean keepsArguments;
    private @Nullable TraceRecord[] records = new TraceRecord[FIRST];
    private long[] stamps = new long[2 * FIRST];
    private long count;

    /**
     * @param sites the places of calls
     * @param keepsArguments whether calls are kept with their arguments
     */
    public Trace(Sites sites, boolean keepsArguments) {
        this.sites = sites;
        this.keepsArguments = keepsArguments;
    }

    /** Appends what happened at {@code timeNs} on {@code cpu}. */
    public void add(long timeNs, Cpu cpu, TraceRecord record) {
        int slot = next(timeNs, cpu.placeNumber());
        records[slot] = record;
    }

    /** Appends a call at the site of that number. */
    public void addCall(long timeNs, Cpu cpu, int site, Call call) {
        if (keepsArguments) {
            add(timeNs, cpu, call);
        } else {
            next(timeNs, (long) site << PLACE_BITS | cpu.placeNumber());
        }
    }

    /** Stamps the next record and returns its slot. The lower bits of {@code what} are a place, the others a site. */
    private int next(long timeNs, long what) {
        if (count == records.length && count < CAPACITY) {
            records = Arrays.copyOf(records, records.length * 2);
            stamps = Arrays.copyOf(stamps, stamps.length * 2);
        }
        int slot = slot(count++);
        stamps[2 * slot] = timeNs;
        stamps[2 * slot + 1] = what;
        return slot;
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
            kept.add(record(slot(i)));
        }
        return kept;
    }

    private TraceRecord record(int slot) {
        int number = (int) (stamps[2 * slot + 1] >>> PLACE_BITS);
        TraceRecord record = records[slot];
        if (number == 0 && record != null) {
            return record;
        }
        Site site = sites.get(number);
        Contract contract = site.contract();
        if (contract == null) {
            throw new IllegalStateException("slot " + slot + " of the trace is neither a record nor a call");
        }
        return new Call(site, contract, NOT_KEPT);
    }

    /** The records that are kept as lines: seconds, place, what happened. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (long i = Math.max(0, count - CAPACITY); i < count; i++) {
            int slot = slot(i);
            String place = Cpu.place((int) (stamps[2 * slot + 1] & ((1 << PLACE_BITS) - 1)));
            lines.add(KernelLog.seconds(stamps[2 * slot]) + " " + place + "  "
                    + record(slot).text());
        }
        return lines;
    }
}
