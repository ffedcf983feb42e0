package dev.tophalf.runtime.hw;

import java.util.List;

/** A piece of simulated hardware: registers, a line, and what a person can do to it. It knows no kernel. */
public interface Peripheral {
    /** Its registers. */
    RegisterMap registers();

    /** What a person can do to it. */
    List<Action> actions();
}
