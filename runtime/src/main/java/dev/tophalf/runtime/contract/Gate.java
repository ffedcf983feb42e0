package dev.tophalf.runtime.contract;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.sched.Killed;
import dev.tophalf.runtime.sched.MachineStopped;
import dev.tophalf.runtime.sched.Task;
import dev.tophalf.runtime.trace.Call;
import dev.tophalf.runtime.trace.Misuse;
import dev.tophalf.runtime.trace.Site;
import java.util.List;
import java.util.Locale;

/**
 * The one way from a driver to a kernel function. Before the function runs the gate lets other things happen, lets the
 * rules judge the call and writes the trace.
 */
public final class Gate {
    /** What so many loop turns cost: a nanosecond-exact price of a turn would make short loops visible in every time. */
    private static final int TICKS_PER_STEP = 100;

    private static final int STEP_NS = 1_000;

    private final Simulation simulation;
    private final long tickBudget;
    private long ticks;

    public Gate(Simulation simulation, long tickBudget) {
        this.simulation = simulation;
        this.tickBudget = tickBudget;
    }

    /** A driver is about to call a kernel function. */
    public void call(int siteNumber, Object[] arguments) {
        Site site = simulation.sites().get(siteNumber);
        Contract contract = site.contract();
        if (contract == null) {
            throw new IllegalStateException("site " + siteNumber + " at " + site + " calls no kernel function");
        }
        Cpu cpu = letThingsHappen();
        cpu.context().setSite(site);
        Call call = new Call(site, contract, arguments);
        simulation.trace().add(simulation.nowNs(), cpu.place(), call);
        simulation.judge().judge(call);
    }

    /** A driver's loop turns, or one of its functions is entered. */
    public void tick(int siteNumber) {
        if (++ticks % TICKS_PER_STEP == 0) {
            passTime(siteNumber);
        }
    }

    /** How many ticks the drivers have taken. */
    public long ticks() {
        return ticks;
    }

    private void passTime(int siteNumber) {
        simulation.spend(STEP_NS);
        letThingsHappen();
        if (ticks >= tickBudget) {
            simulation.cpu().context().setSite(simulation.sites().get(siteNumber));
            runAway();
        }
    }

    private void runAway() {
        Site site = simulation.site();
        ticks = 0;
        simulation.record(new Misuse(
                "endless-loop",
                String.format(Locale.ROOT, "%s() was stopped after %,d loop turns", site.function(), tickBudget),
                "watchdog: BUG: soft lockup - CPU#0 stuck",
                site,
                "give the loop an end: a count, or a time limit as in read_poll_timeout()",
                List.of()));
        throw killCurrent("endless loop in " + site.function() + "()");
    }

    /** Ends the task that runs now, or the machine if an interrupt runs. The caller throws what it returns. */
    public Error killCurrent(String reason) {
        Task task = simulation.scheduler().current();
        if (task == null || simulation.cpu().depth() > 1) {
            return simulation.stop("Kernel panic - not syncing: " + reason + " in interrupt");
        }
        simulation.scheduler().kill(task);
        return new Killed();
    }

    /** Takes interrupts that are due, unless the caller has to end. */
    private Cpu letThingsHappen() {
        if (simulation.isStopped()) {
            throw new MachineStopped(String.valueOf(simulation.stopReason()));
        }
        Task task = simulation.scheduler().current();
        if (task != null && task.isKilled()) {
            throw new Killed();
        }
        Cpu cpu = simulation.cpu();
        if (simulation.irqs().isDeliverable(cpu)) {
            simulation.irqs().deliverAll(cpu);
        }
        return cpu;
    }

    /** Throws on what no driver may keep: the end of its task or of the machine. */
    public void rethrowIfKilled(Throwable thrown) {
        if (thrown instanceof Killed || thrown instanceof MachineStopped) {
            throw (Error) thrown;
        }
        letThingsHappen();
    }
}
