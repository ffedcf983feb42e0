package dev.tophalf.runtime.memory;

import dev.tophalf.runtime.Simulation;

/** A struct that holds something that no member shows, such as a number that functions change. */
public interface Contents {
    /** What it holds in {@code simulation}, in a few words that are the same in every run. */
    String contents(Simulation simulation);
}
