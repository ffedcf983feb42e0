package dev.tophalf.runtime.trace;

/**
 * A CPU takes an interrupt.
 *
 * @param irq the line's number
 * @param device what drives the line
 * @param flow who serves it, depending on what triggers the line
 */
public record IrqTaken(int irq, String device, String flow) implements TraceRecord {
    @Override
    public String text() {
        return "irq " + irq + " from " + device + ", to " + flow + "()";
    }

    @Override
    public int fingerprint() {
        return irq;
    }
}
