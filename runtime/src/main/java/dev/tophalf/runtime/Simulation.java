package dev.tophalf.runtime;

import dev.tophalf.runtime.contract.Budgets;
import dev.tophalf.runtime.contract.Gate;
import dev.tophalf.runtime.contract.Meter;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.hw.AddressSpace;
import dev.tophalf.runtime.irq.IrqController;
import dev.tophalf.runtime.irq.Softirqs;
import dev.tophalf.runtime.lock.LockChecks;
import dev.tophalf.runtime.lock.LockValidator;
import dev.tophalf.runtime.machine.Board;
import dev.tophalf.runtime.machine.Machine;
import dev.tophalf.runtime.memory.Resources;
import dev.tophalf.runtime.rule.Finding;
import dev.tophalf.runtime.rule.Judge;
import dev.tophalf.runtime.sched.Carrier;
import dev.tophalf.runtime.sched.Killed;
import dev.tophalf.runtime.sched.MachineStopped;
import dev.tophalf.runtime.sched.Preemption;
import dev.tophalf.runtime.sched.Scheduler;
import dev.tophalf.runtime.sched.Strategy;
import dev.tophalf.runtime.sched.Task;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.runtime.time.VirtualClock;
import dev.tophalf.runtime.trace.AccessObserver;
import dev.tophalf.runtime.trace.KernelLog;
import dev.tophalf.runtime.trace.LongHardirq;
import dev.tophalf.runtime.trace.Site;
import dev.tophalf.runtime.trace.Sites;
import dev.tophalf.runtime.trace.Trace;
import dev.tophalf.runtime.trace.TraceRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A machine that runs a kernel and drivers: it owns everything that changes during a run.
 *
 * <p>One host thread of a simulation runs at a time. Two simulations share nothing.
 */
public final class Simulation implements AutoCloseable {
    private static final ThreadLocal<@Nullable Simulation> CURRENT = new ThreadLocal<>();

    private final Kernel kernel;
    private final Machine machine;
    private final long seed;
    private final Sites sites;
    private final VirtualClock clock = new VirtualClock();
    private final AddressSpace addressSpace = new AddressSpace();
    private final Resources resources = new Resources();
    private final Trace trace;
    private final KernelLog kernelLog = new KernelLog();
    private final Map<Class<?>, Object> parts = new LinkedHashMap<>();
    private final Map<String, ScriptSource> scripts = new LinkedHashMap<>();
    private final List<Cpu> cpus = new ArrayList<>();
    private final IrqController irqs;
    private final @Nullable Carrier ownCarrier;
    private final Scheduler scheduler;
    private final Softirqs softirqs;
    private final LockValidator locks;
    private final Board board;
    private final Judge judge;
    private final Gate gate;
    private final Meter meter;
    private @Nullable AccessObserver accessObserver;
    private @Nullable String stopReason;
    private @Nullable Throwable failure;
    private volatile boolean interrupted;

    private Simulation(Builder builder) {
        kernel = builder.kernel;
        machine = builder.machine;
        seed = builder.seed;
        sites = builder.sites;
        trace = new Trace(sites, builder.tracesArguments);
        for (int i = 0; i < builder.cpus; i++) {
            cpus.add(new Cpu(i));
        }
        irqs = new IrqController(this);
        ownCarrier = builder.carrier == null ? Carrier.best() : null;
        Carrier carrier = ownCarrier == null ? Objects.requireNonNull(builder.carrier) : ownCarrier;
        scheduler = new Scheduler(this, carrier, builder.strategy, builder.preemption);
        softirqs = new Softirqs(this);
        locks = new LockValidator(this, builder.lockChecks);
        board = machine.build(this);
        judge = new Judge(this, kernel.rules());
        gate = new Gate(this);
        meter = new Meter(this, builder.budgets);
    }

    /** Begins the description of a simulation that boots {@code kernel} on {@code machine}. */
    public static Builder builder(Kernel kernel, Machine machine) {
        return new Builder(kernel, machine);
    }

    /** What a simulation is made from. */
    public static final class Builder {
        private final Kernel kernel;
        private final Machine machine;
        private Sites sites = new Sites();
        private long seed;
        private int cpus = 2;
        private boolean tracesArguments;
        private Budgets budgets = Budgets.DEFAULT;
        private LockChecks lockChecks = LockChecks.DEFAULT;
        private Strategy strategy = Strategy.DEFAULT;
        private Preemption preemption = Preemption.VOLUNTARY;
        private @Nullable Carrier carrier;

        private Builder(Kernel kernel, Machine machine) {
            this.kernel = kernel;
            this.machine = machine;
        }

        /** Where every random number of the run comes from; 0 unless told. */
        public Builder seed(long newSeed) {
            seed = newSeed;
            return this;
        }

        /** How many CPUs the machine has, 1 to 8; 2 unless told. */
        public Builder cpus(int count) {
            if (count < 1 || count > 8) {
                throw new IllegalArgumentException(count + " cpus; a machine has 1 to 8");
            }
            cpus = count;
            return this;
        }

        /** How much the run may use; {@link Budgets#DEFAULT} unless told. */
        public Builder budgets(Budgets newBudgets) {
            budgets = newBudgets;
            return this;
        }

        /** What is checked of locks; {@link LockChecks#DEFAULT} unless told. */
        public Builder lockChecks(LockChecks newChecks) {
            lockChecks = newChecks;
            return this;
        }

        /** What decides where there is a choice; {@link Strategy#DEFAULT} unless told. It serves this run alone. */
        public Builder strategy(Strategy newStrategy) {
            strategy = newStrategy;
            return this;
        }

        /** When a task may lose its CPU to another one; {@link Preemption#VOLUNTARY} unless told. */
        public Builder preemption(Preemption newPreemption) {
            preemption = newPreemption;
            return this;
        }

        /** What the tasks run on, which stays open at the end; {@link Carrier#best()}, and closed, unless told. */
        public Builder carrier(Carrier newCarrier) {
            carrier = newCarrier;
            return this;
        }

        /** Keeps calls in the trace with their arguments, for a run that somebody will look at. */
        public Builder traceArguments() {
            tracesArguments = true;
            return this;
        }

        /** The places that woven scripts name by number: those of the compiler that makes the scripts. */
        public Builder sites(Sites newSites) {
            sites = newSites;
            return this;
        }

        /** Powers the machine on and boots the kernel. */
        public Simulation boot() {
            Simulation simulation = new Simulation(this);
            simulation.process("swapper", () -> simulation.kernel.boot(simulation));
            return simulation;
        }
    }

    /** The simulation that the calling thread runs. */
    public static Simulation current() {
        Simulation simulation = CURRENT.get();
        if (simulation == null) {
            throw new IllegalStateException("no simulation runs on this thread");
        }
        return simulation;
    }

    /** Runs {@code body}; nothing else happens meanwhile in the simulation that the calling thread runs, if any. */
    public static void uninterrupted(Runnable body) {
        Simulation simulation = CURRENT.get();
        if (simulation == null) {
            body.run();
        } else {
            simulation.scheduler.uninterrupted(body);
        }
    }

    public Kernel kernel() {
        return kernel;
    }

    public Machine machine() {
        return machine;
    }

    /** The peripherals. */
    public Board board() {
        return board;
    }

    public long seed() {
        return seed;
    }

    public Sites sites() {
        return sites;
    }

    public VirtualClock clock() {
        return clock;
    }

    /** Nanoseconds since boot. */
    public long nowNs() {
        return clock.nowNs();
    }

    public AddressSpace addressSpace() {
        return addressSpace;
    }

    public IrqController irqs() {
        return irqs;
    }

    public Softirqs softirqs() {
        return softirqs;
    }

    /** The checker of locks. */
    public LockValidator locks() {
        return locks;
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    public Resources resources() {
        return resources;
    }

    public Trace trace() {
        return trace;
    }

    public KernelLog kernelLog() {
        return kernelLog;
    }

    public Gate gate() {
        return gate;
    }

    public Meter meter() {
        return meter;
    }

    /** Who sees the accesses of drivers that were woven for it, or null. */
    public @Nullable AccessObserver accessObserver() {
        return accessObserver;
    }

    /** Lets somebody see the accesses of drivers that were woven for it. */
    public void observeAccesses(AccessObserver observer) {
        accessObserver = observer;
    }

    public Judge judge() {
        return judge;
    }

    /** What the rules found, in the order of finding. */
    public List<Finding> findings() {
        return judge.findings();
    }

    /** All CPUs, by number. */
    public List<Cpu> cpus() {
        return List.copyOf(cpus);
    }

    /** Everybody who could hold something: what runs on each CPU, outermost first, then the other tasks. */
    public List<ExecutionContext> contexts() {
        List<ExecutionContext> contexts = new ArrayList<>();
        forEachContext(contexts::add);
        return contexts;
    }

    /** Shows {@code visitor} each of {@link #contexts} once. */
    public void forEachContext(Consumer<ExecutionContext> visitor) {
        for (Cpu each : cpus) {
            for (int depth = 0; depth < each.depth(); depth++) {
                visitor.accept(each.contextAt(depth));
            }
        }
        for (Task task : scheduler.tasks()) {
            if (!isOnCpu(task.context())) {
                visitor.accept(task.context());
            }
        }
    }

    private boolean isOnCpu(ExecutionContext context) {
        for (Cpu each : cpus) {
            if (each.depth() > 0 && each.contextAt(0) == context) {
                return true;
            }
        }
        return false;
    }

    /** The CPU that runs now. */
    public Cpu cpu() {
        return scheduler.cpu();
    }

    /** The place in a driver where the CPU is now. */
    public Site site() {
        return cpu().context().site();
    }

    /** The one {@code type} of this simulation, made by {@code maker} when it is first asked for. */
    public <T> T part(Class<T> type, Function<Simulation, T> maker) {
        Object part = parts.get(type);
        if (part == null) {
            part = maker.apply(this);
            parts.put(type, part);
        }
        return type.cast(part);
    }

    /** Appends to the trace and lets the rules judge. */
    public void record(TraceRecord record) {
        trace.add(clock.nowNs(), cpu(), record);
        judge.judge(record);
    }

    /** Adds to the kernel log. */
    public void log(int level, String text) {
        kernelLog.add(clock.nowNs(), level, text);
    }

    /** Tells whose text the classes of a script are, for reports. */
    public void addScript(ScriptSource source, Iterable<String> classNames) {
        judge.reloaded(source.file());
        classNames.forEach(name -> scripts.put(name, source));
    }

    /** The script that a class belongs to, or null if it is no script's. */
    public @Nullable ScriptSource script(String className) {
        return scripts.get(className);
    }

    /** A line of a script as written, without the blanks around it; empty if it is not known. */
    public String excerpt(Site site) {
        for (ScriptSource source : scripts.values()) {
            if (source.file().equals(site.file())) {
                return source.text()
                        .lines()
                        .skip(Math.max(0, site.line() - 1))
                        .findFirst()
                        .orElse("")
                        .strip();
            }
        }
        return "";
    }

    /** Lets {@code ns} pass as a register access or a few instructions do; the other CPUs stand still meanwhile. */
    public void spend(long ns) {
        clock.advanceTo(clock.nowNs() + ns);
        account(ns);
    }

    /** Keeps the CPU busy for {@code ns}, as {@code udelay()} does; the other CPUs go on meanwhile. */
    public void delay(long ns) {
        scheduler.spinUntil(clock.nowNs() + ns);
        account(ns);
    }

    private void account(long ns) {
        long limitNs = meter.budgets().hardirqNs();
        if (cpu().inHardirq() && cpu().context().spend(ns, limitNs)) {
            record(new LongHardirq(limitNs, site()));
        }
    }

    /**
     * Sleeps until the clock reaches {@code dueNs}. Where the CPU may not be given up, which a rule has reported by
     * now, the time passes all the same.
     */
    public void sleepUntil(long dueNs) {
        if (scheduler.current() != null && cpu().depth() == 1 && cpu().preemptCount() == 0 && !cpu().irqsOff()) {
            scheduler.sleepUntil(dueNs);
        } else {
            scheduler.spinUntil(dueNs);
        }
    }

    /** Stops the machine for good, as a panic does. The caller throws what it returns. */
    public MachineStopped stop(String reason) {
        stopReason = reason;
        log(0, reason);
        return new MachineStopped(reason);
    }

    /** Whether the machine has stopped for good. */
    public boolean isStopped() {
        return stopReason != null;
    }

    /** Why the machine has stopped, or null while it has not. */
    public @Nullable String stopReason() {
        return stopReason;
    }

    /** Asks whoever runs to stop: the person in front of the machine has waited enough. Any thread may call it. */
    public void interrupt() {
        interrupted = true;
    }

    /** Whether somebody asked to stop and was not heard yet. */
    public boolean isInterrupted() {
        return interrupted;
    }

    /** Whether somebody asked to stop, which is forgotten then. */
    public boolean takeInterrupt() {
        boolean was = interrupted;
        interrupted = false;
        return was;
    }

    /** The end of a process. */
    public enum Exit {
        /** It ran to its end. */
        DONE,
        /** The kernel killed it. */
        KILLED,
        /** It waits for something that did not happen within two minutes of machine time. */
        HUNG,
        /** The machine stopped. */
        STOPPED
    }

    /** Runs {@code body} as a user process of that name, until it ends, hangs, or the machine stops. */
    public Exit process(String comm, Runnable body) {
        return await(start(comm, body));
    }

    /** Starts {@code body} as a user process of that name, which runs when the machine does. */
    public Task start(String comm, Runnable body) {
        return bound(() -> {
            Task task = scheduler.spawn(comm, body);
            task.setUser();
            return task;
        });
    }

    /** Runs the machine until a process ends, hangs, or the machine stops. */
    public Exit await(Task task) {
        return bound(() -> {
            if (isStopped()) {
                return Exit.STOPPED;
            }
            boolean ended = scheduler.run(task, clock.nowNs() + HUNG_NS);
            rethrowFailure();
            if (isStopped()) {
                return Exit.STOPPED;
            }
            return !ended ? Exit.HUNG : task.isKilled() ? Exit.KILLED : Exit.DONE;
        });
    }

    /** Linux's default for {@code hung_task_timeout_secs}. */
    private static final long HUNG_NS = 120_000_000_000L;

    /**
     * Lets the machine run until nothing is left to do but wait for something other than time, or the clock reaches
     * {@code limitNs}.
     */
    public void settle(long limitNs) {
        bound(() -> {
            scheduler.settle(limitNs);
            rethrowFailure();
            return limitNs;
        });
    }

    /** Lets the machine run until the clock reaches {@code untilNs}. */
    public void runUntil(long untilNs) {
        bound(() -> {
            scheduler.runUntil(untilNs);
            rethrowFailure();
            return untilNs;
        });
    }

    /** Runs {@code body} outside of the machine, as the person in front of it. */
    public void host(Runnable body) {
        bound(() -> {
            body.run();
            return this;
        });
    }

    /** Runs {@code body} with this as the thread's current simulation. */
    public <T extends @Nullable Object> T bound(Supplier<T> body) {
        Simulation before = CURRENT.get();
        CURRENT.set(this);
        try {
            return body.get();
        } finally {
            CURRENT.set(before);
        }
    }

    /** Runs kernel code at the bottom of a stack: the end of a task or of the machine ends here. */
    public void guard(Runnable body) {
        try {
            body.run();
        } catch (Killed | MachineStopped end) {
            return;
        } catch (Throwable broken) {
            failure = broken;
            stopReason = "internal error: " + broken;
        }
    }

    private void rethrowFailure() {
        Throwable broken = failure;
        if (broken != null) {
            failure = null;
            throw new IllegalStateException("the simulator is broken: " + broken + " (seed " + seed + ")", broken);
        }
    }

    /** Ends every task. */
    @Override
    public void close() {
        bound(() -> {
            scheduler.close();
            return this;
        });
        if (ownCarrier != null) {
            ownCarrier.close();
        }
    }
}
