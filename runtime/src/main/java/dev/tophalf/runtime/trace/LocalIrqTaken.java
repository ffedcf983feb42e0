package dev.tophalf.runtime.trace;

/**
 * A CPU takes an interrupt that is its own and comes over no line.
 *
 * @param device what raised it
 */
public record LocalIrqTaken(String device) implements TraceRecord {
    @Override
    public String text() {
        return "irq of the " + device;
    }
}
