package dev.tophalf.runtime.trace;

/**
 * A hard irq handler has kept a CPU for longer than anybody should wait.
 *
 * @param limitNs what is the most that it should take
 * @param site what ran when the limit was passed
 */
public record LongHardirq(long limitNs, Site site) implements TraceRecord {
    @Override
    public String text() {
        return "hard irq runs for more than " + limitNs + " ns  " + site;
    }
}
