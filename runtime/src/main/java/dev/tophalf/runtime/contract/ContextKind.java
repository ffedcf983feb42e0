package dev.tophalf.runtime.contract;

/**
 * The context word of a caller: what it is before the kernel's rules, as {@code kernel-api.tsv} spells it.
 *
 * <p>In an interrupt the word is the interrupt's; in a task it is {@link #IRQS_OFF} with interrupts off, else
 * {@link #ATOMIC} with a spinlock held, preemption off or bottom halves off, else {@link #PROCESS}.
 */
public enum ContextKind {
    PROCESS("process"),
    ATOMIC("atomic"),
    IRQS_OFF("irqs_off"),
    SOFTIRQ("softirq"),
    HARDIRQ("hardirq"),
    NMI("nmi");

    private final String word;

    ContextKind(String word) {
        this.word = word;
    }

    /** The word as the reference table spells it. */
    public String word() {
        return word;
    }

    /** This kind's bit in a set of kinds. */
    public int bit() {
        return 1 << ordinal();
    }
}
