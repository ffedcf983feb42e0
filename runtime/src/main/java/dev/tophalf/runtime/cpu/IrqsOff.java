package dev.tophalf.runtime.cpu;

import dev.tophalf.runtime.trace.Site;

/**
 * Interrupts that a driver has turned off and not on again.
 *
 * @param at where
 * @param wasOff whether they were off already
 */
public record IrqsOff(Site at, boolean wasOff) {}
