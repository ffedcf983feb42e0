package dev.tophalf.runtime.trace;

import java.util.Locale;

/**
 * An interrupt gets to the next place of its way, or is kept from it.
 *
 * @param irq the line's number
 * @param device what drives the line
 * @param step how far it got
 * @param cpu the CPU that is to take it, or that took it
 */
public record IrqLineChanged(int irq, String device, Step step, int cpu) implements TraceRecord {
    /** The places. */
    public enum Step {
        /** The controller sends it to a CPU. */
        RAISED("irq %d of %s goes to cpu%d"),
        /** Its handlers may not run now: an edge is remembered, a level line is masked. */
        HELD_BACK("irq %d of %s is disabled or being handled: cpu%d leaves it pending");

        private final String words;

        Step(String words) {
            this.words = words;
        }
    }

    @Override
    public String text() {
        return String.format(Locale.ROOT, step.words, irq, device, cpu);
    }

    @Override
    public int fingerprint() {
        return (irq << 8 | cpu) * 2 + step.ordinal();
    }
}
