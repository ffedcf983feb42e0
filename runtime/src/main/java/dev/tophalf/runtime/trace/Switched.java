package dev.tophalf.runtime.trace;

/**
 * A CPU goes on with another task.
 *
 * @param task its name and pid
 */
public record Switched(String task) implements TraceRecord {
    @Override
    public String text() {
        return "switch to " + task;
    }

    @Override
    public int fingerprint() {
        return task.hashCode();
    }
}
