package dev.tophalf.runtime.trace;

/**
 * A CPU takes an interrupt.
 *
 * @param irq the line's number
 * @param device what drives the line
 */
public record IrqTaken(int irq, String device) implements TraceRecord {
    @Override
    public String text() {
        return "irq " + irq + " from " + device;
    }
}
