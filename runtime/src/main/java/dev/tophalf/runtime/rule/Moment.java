package dev.tophalf.runtime.rule;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.ContextKind;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.irq.Softirq;
import dev.tophalf.runtime.trace.Site;

/** When a record was written: what a rule may ask about the machine at that moment. */
public final class Moment {
    private final Simulation simulation;

    Moment(Simulation simulation) {
        this.simulation = simulation;
    }

    /** Nanoseconds since boot. */
    public long timeNs() {
        return simulation.nowNs();
    }

    /** The context word of whoever ran. */
    public ContextKind kind() {
        return simulation.cpu().contextKind();
    }

    /** Whether interrupts were off. */
    public boolean irqsOff() {
        return simulation.cpu().irqsOff();
    }

    /** Whether bottom halves were off. */
    public boolean bottomHalvesOff() {
        return simulation.cpu().isBottomHalfOff();
    }

    /** Whether this was the service of a softirq, and nothing had interrupted that. */
    public boolean isServing(Softirq softirq) {
        ExecutionContext context = simulation.cpu().context();
        return context.level() == ExecutionContext.Level.SOFTIRQ
                && context.name().equals(softirq.contextName());
    }

    /** Everything about the context. */
    public ContextSnapshot context() {
        return ContextSnapshot.of(simulation.cpu());
    }

    /** Whether an allocation with these flags may sleep. */
    public boolean gfpBlocks(int flags) {
        return simulation.kernel().api().gfpBlocks(flags);
    }

    /** Begins a finding of {@code rule} about {@code site}. */
    public Finding.Builder finding(Rule rule, String message, Site site) {
        return new Finding.Builder(rule, message, site, simulation.excerpt(site), this);
    }

    /** The line of the driver that {@code site} is, without the blanks around it. */
    public String excerpt(Site site) {
        return simulation.excerpt(site);
    }
}
