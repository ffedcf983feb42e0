package dev.tophalf.runtime.trace;

import java.util.List;

/**
 * A level line stayed asserted while its handlers ran again and again without changing anything in the device.
 *
 * @param irq the line's number
 * @param device what drives the line
 * @param runs how often the handlers ran
 * @param claimed whether a handler said that it had handled the interrupt
 * @param handlers the definitions of the handlers to blame, in the order of calling
 * @param names their names
 */
public record IrqStorm(int irq, String device, int runs, boolean claimed, List<Site> handlers, List<String> names)
        implements TraceRecord {
    @Override
    public String text() {
        return "irq " + irq + " disabled after " + runs + " runs of " + names;
    }
}
