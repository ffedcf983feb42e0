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

    /** How many checks are kept, and after how many records the first ones are made. */
    private static final int CHECKS = 16;

    private static final int FIRST_INTERVAL = 64;

    private final Sites sites;
    private final boolean keepsArguments;
    private @Nullable TraceRecord[] records = new TraceRecord[FIRST];
    private long[] stamps = new long[2 * FIRST];
    private long count;
    private long hash;
    private final List<Check> checks = new ArrayList<>();
    private long checkedEvery = FIRST_INTERVAL;

    /**
     * What was known of the trace at some moment.
     *
     * @param count how many records there were
     * @param timeNs the time of the last one
     * @param hash a number made of all of them
     */
    public record Check(long count, long timeNs, long hash) {}

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
        int slot = next(timeNs, cpu.placeNumber(), record.fingerprint());
        records[slot] = record;
    }

    /** Appends a call at the site of that number. */
    public void addCall(long timeNs, Cpu cpu, int site, Call call) {
        if (keepsArguments) {
            int slot = next(timeNs, (long) site << PLACE_BITS | cpu.placeNumber(), 0);
            records[slot] = call;
        } else {
            next(timeNs, (long) site << PLACE_BITS | cpu.placeNumber(), 0);
        }
    }

    /** Stamps the next record and returns its slot. The lower bits of {@code what} are a place, the others a site. */
    private int next(long timeNs, long what, int fingerprint) {
        if (count == records.length && count < CAPACITY) {
            records = Arrays.copyOf(records, records.length * 2);
            stamps = Arrays.copyOf(stamps, stamps.length * 2);
        }
        int slot = slot(count++);
        stamps[2 * slot] = timeNs;
        stamps[2 * slot + 1] = what;
        hash = (31 * (31 * (31 * hash + timeNs) + what) + fingerprint) * 0x9e3779b97f4a7c15L;
        if (count % checkedEvery == 0) {
            check();
        }
        return slot;
    }

    /** Notes where the trace is, at equal distances that grow with it. */
    private void check() {
        checks.add(new Check(count, stamps[2 * slot(count - 1)], hash()));
        if (checks.size() == CHECKS) {
            checkedEvery *= 2;
            checks.removeIf(check -> check.count % checkedEvery != 0);
        }
    }

    /** A number that two runs share if the same happened in both, hardly ever otherwise. */
    public long hash() {
        return hash ^ hash >>> 32;
    }

    /** Where the trace was at some of its records, evenly spread, oldest first. */
    public List<Check> checks() {
        return List.copyOf(checks);
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
        if (record != null && (number == 0 || keepsArguments)) {
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
