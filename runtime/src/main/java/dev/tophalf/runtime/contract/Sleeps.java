package dev.tophalf.runtime.contract;

/** Whether a kernel function may give up the CPU. */
public enum Sleeps {
    /** Never: legal wherever its contexts say. */
    NEVER,
    /** Every call counts as a sleep. */
    ALWAYS,
    /** Only if the allocation flags in its {@link Gfp} parameter allow blocking. */
    GFP,
    /** Under a condition that the function's documentation states; it reports the sleep itself. */
    CONDITIONAL
}
