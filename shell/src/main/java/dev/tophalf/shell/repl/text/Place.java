package dev.tophalf.shell.repl.text;

import dev.tophalf.runtime.rule.ContextSnapshot;

/** The contexts that a driver's author tells apart, each with what holds there. */
enum Place {
    USER(
            "Process context",
            true,
            "The kernel: the process scheduler may take the CPU away at any time and give it back later; an interrupt "
                    + "may come in between. Sleeping gives the CPU up of your own accord."),
    WORK(
            "Process context, in a worker thread of a workqueue",
            true,
            "The kernel: the process scheduler runs the worker like any other task. Other work of the same worker "
                    + "waits until this one returns."),
    IRQ_THREAD(
            "Process context, in the thread of an irq",
            true,
            "The kernel: the irq core owns the thread and the process scheduler runs it. Sleeping is allowed, but be "
                    + "quick: the next interrupt of this line waits."),
    LOCKED(
            "Atomic context",
            false,
            "You: preemption is off, so nobody gets the CPU until you turn it on again (spin_unlock(), "
                    + "preempt_enable()). Only an interrupt may come in between."),
    IRQS_OFF(
            "Atomic context, with interrupts off",
            false,
            "You, alone: neither the scheduler nor a device gets this CPU until interrupts are on again "
                    + "(spin_unlock_irqrestore(), local_irq_restore())."),
    SOFTIRQ(
            "Softirq context",
            false,
            "The kernel: softirqs run after a hard irq, on whatever task was there. A hard irq may come in between, "
                    + "no task may."),
    HARDIRQ(
            "Hard irq context",
            false,
            "The hardware: the handler came when the device raised its line. Nothing else runs on this CPU until it "
                    + "returns, least of all what it interrupted.");

    private final String words;
    private final boolean sleeps;
    private final String owner;

    Place(String words, boolean sleeps, String owner) {
        this.words = words;
        this.sleeps = sleeps;
        this.owner = owner;
    }

    /** Where a CPU was. */
    static Place of(ContextSnapshot context) {
        return switch (context.kind()) {
            case HARDIRQ, NMI -> HARDIRQ;
            case SOFTIRQ -> SOFTIRQ;
            case IRQS_OFF -> IRQS_OFF;
            case ATOMIC -> LOCKED;
            case PROCESS -> task(context.running().name());
        };
    }

    private static Place task(String name) {
        if (name.startsWith("kworker/")) {
            return WORK;
        }
        return name.startsWith("irq/") ? IRQ_THREAD : USER;
    }

    /** What it is called. */
    String words() {
        return words;
    }

    /** Whether code may sleep here. */
    boolean sleeps() {
        return sleeps;
    }

    /** Whether it is an interrupt's. */
    boolean isInterrupt() {
        return this == HARDIRQ || this == SOFTIRQ;
    }

    /** Who decides what runs next on the CPU, and what that means. */
    String owner() {
        return owner;
    }
}
