package dev.tophalf.runtime.contract;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.sched.Killed;
import dev.tophalf.runtime.sched.MachineStopped;
import dev.tophalf.runtime.sched.Task;
import dev.tophalf.runtime.trace.Call;
import dev.tophalf.runtime.trace.Site;

/**
 * The one way from a driver to a kernel function. Before the function runs the gate lets other things happen, lets the
 * rules judge the call and writes the trace.
 */
public final class Gate {
    /** So often a driver may come here after an interrupt from outside before it is stopped by force. */
    private static final int PATIENCE = 1_000;

    private final Simulation simulation;
    private int comingsSinceInterrupt;

    public Gate(Simulation simulation) {
        this.simulation = simulation;
    }

    /** A driver is about to call a kernel function. */
    public void call(int siteNumber, Object[] arguments) {
        Site site = simulation.sites().get(siteNumber);
        Contract contract = site.contract();
        if (contract == null) {
            throw new IllegalStateException("site " + siteNumber + " at " + site + " calls no kernel function");
        }
        simulation.cpu().context().setSite(site);
        letThingsHappen();
        Cpu cpu = simulation.cpu();
        simulation.meter().checkTime();
        Call call = new Call(site, contract, arguments);
        simulation.trace().addCall(simulation.nowNs(), cpu, siteNumber, call);
        simulation.judge().judge(call);
        if (contract.sleeps() == Sleeps.ALWAYS) {
            simulation.scheduler().mightSleep();
        }
    }

    /**
     * Ends what runs now: a task, the machine if an interrupt runs, or a script that plays the person in front of it.
     * The caller throws what it returns.
     */
    public Error killCurrent(String reason) {
        if (simulation.cpu().depth() > 1) {
            return simulation.stop("Kernel panic - not syncing: " + reason + " in interrupt");
        }
        Task task = simulation.scheduler().current();
        if (task != null) {
            simulation.scheduler().kill(task);
        }
        return new Killed();
    }

    /** Lets happen what the scheduler decides, unless the caller has to end. */
    void letThingsHappen() {
        if (simulation.isStopped()) {
            throw new MachineStopped(String.valueOf(simulation.stopReason()));
        }
        Task task = simulation.scheduler().current();
        if (simulation.scheduler().isClosing() || (task != null && task.isKilled())) {
            throw new Killed();
        }
        if (simulation.isInterrupted()) {
            heedInterrupt();
        }
        simulation.scheduler().point();
    }

    /** The scheduler heeds an interrupt as soon as it can; a driver that does not let it is ended here. */
    private void heedInterrupt() {
        if (++comingsSinceInterrupt >= PATIENCE) {
            comingsSinceInterrupt = 0;
            simulation.takeInterrupt();
            throw killCurrent("stopped by hand");
        }
    }

    /** Throws on what no driver may keep: the end of its task, its stack or the machine. */
    public void rethrowIfKilled(Throwable thrown) {
        boolean endsTask = thrown instanceof Killed || thrown instanceof MachineStopped;
        if (endsTask || thrown instanceof DriverBug || thrown instanceof VirtualMachineError) {
            throw (Error) thrown;
        }
        letThingsHappen();
    }
}
