package dev.tophalf.runtime.trace;

/**
 * A CPU serves a softirq.
 *
 * @param vector its name, as {@code /proc/softirqs} has it
 */
public record SoftirqTaken(String vector) implements TraceRecord {
    @Override
    public String text() {
        return "softirq " + vector;
    }

    @Override
    public int fingerprint() {
        return vector.hashCode();
    }
}
