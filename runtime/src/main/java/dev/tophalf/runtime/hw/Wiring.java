package dev.tophalf.runtime.hw;

import dev.tophalf.runtime.time.VirtualClock;

/**
 * What a machine connects a peripheral to.
 *
 * @param name its label in the machine's description
 * @param clock virtual time
 * @param line its interrupt wire, which leads nowhere if the machine's description gives it none
 */
public record Wiring(String name, VirtualClock clock, InterruptLine line) {}
