package dev.tophalf.runtime.hw;

/** The wire from a peripheral to an interrupt controller. */
public interface InterruptLine {
    /** Drives the wire; setting it to what it already is changes nothing. */
    void set(boolean asserted);
}
