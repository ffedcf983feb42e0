package dev.tophalf.runtime.irq;

import com.google.common.collect.ImmutableList;

/** What makes a line interrupt, with the numbers that Devicetree specifiers and drivers use. */
public enum Trigger {
    /** Nobody said; the controller takes such a line for a level one. */
    NONE(0),
    /** Becoming high. */
    RISING(1),
    /** Becoming low. */
    FALLING(2),
    /** Becoming another level. */
    BOTH(3),
    /** Being high. */
    HIGH(4),
    /** Being low. */
    LOW(8);

    private static final ImmutableList<Trigger> ALL = ImmutableList.copyOf(values());

    private final int number;

    Trigger(int number) {
        this.number = number;
    }

    /** The trigger of that number; {@link #NONE} if it has none. */
    public static Trigger of(long number) {
        return ALL.stream()
                .filter(trigger -> trigger.number == number)
                .findFirst()
                .orElse(NONE);
    }

    /** Its number. */
    public int number() {
        return number;
    }

    /** Whether the controller can do it for a wire of a peripheral: as a GIC, it knows neither low nor falling. */
    public boolean isSupported() {
        return this == RISING || this == HIGH;
    }

    /** Whether it is a change rather than a state. */
    public boolean isEdge() {
        return this == RISING || this == FALLING || this == BOTH;
    }

    /** The flow handler that serves it. */
    public String flow() {
        return isEdge() ? "handle_edge_irq" : "handle_level_irq";
    }
}
