package dev.tophalf.runtime.irq;

/** The vectors of {@code linux/interrupt.h}, in the order of serving. */
public enum Softirq {
    HI,
    TIMER,
    NET_TX,
    NET_RX,
    BLOCK,
    IRQ_POLL,
    TASKLET,
    SCHED,
    HRTIMER,
    RCU;

    /** What its context is called. */
    public String contextName() {
        return "softirq " + name();
    }

    int bit() {
        return 1 << ordinal();
    }
}
