package dev.tophalf.shell.run;

import dev.tophalf.runtime.machine.Machine;
import dev.tophalf.runtime.sched.Carrier;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.shell.world.Compilers;
import dev.tophalf.shell.world.World;
import dev.tophalf.shell.world.WorldException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs one plan any number of times, with other choices each time; its files are read once. */
public final class Runner implements AutoCloseable {
    private final RunPlan plan;
    private final Carrier carrier;
    private final Machine machine;
    private final List<ScriptSource> drivers;
    private final @Nullable ScriptSource scenario;
    private final Compilers compilers;

    /**
     * Reads the files of {@code plan}.
     *
     * @param carrier what the tasks run on; it is closed with this
     * @throws WorldException if a file cannot be read
     * @throws dev.tophalf.runtime.machine.DevicetreeException if the machine's description is wrong
     */
    public Runner(RunPlan plan, Carrier carrier) {
        this.plan = plan;
        this.carrier = carrier;
        this.machine = Machines.read(plan.machine());
        this.drivers = plan.scripts().stream().map(World::source).toList();
        Path file = scenarioFile(plan);
        this.scenario = file == null ? null : World.source(file);
        this.compilers = new Compilers(plan.limits());
    }

    /** Runs {@code plan} once from beginning to end; throws what the constructor throws. */
    public static RunResult run(RunPlan plan) {
        try (Runner runner = new Runner(plan, Carrier.best())) {
            return runner.run(plan, true);
        }
    }

    /**
     * Runs from beginning to end.
     *
     * @param choices the plan, with any seed and schedule
     * @param inFull whether the trace keeps the arguments of calls, for somebody to look at
     */
    public RunResult run(RunPlan choices, boolean inFull) {
        try (World world = World.boot(machine, compilers, builder -> {
            builder.seed(choices.seed())
                    .cpus(plan.cpus())
                    .strategy(choices.schedule().strategy(choices.seed()))
                    .preemption(plan.preemption())
                    .lockChecks(plan.lockChecks())
                    .carrier(carrier);
            return inFull ? builder.traceArguments() : builder;
        })) {
            return new Run(choices, world).run(drivers, scenario);
        }
    }

    /** The scenario that was asked for, or one beside a driver, the last driver's first; null if there is none. */
    private static @Nullable Path scenarioFile(RunPlan plan) {
        if (plan.scenario() != null) {
            return plan.scenario();
        }
        for (int i = plan.scripts().size() - 1; i >= 0; i--) {
            Path script = plan.scripts().get(i);
            String name = String.valueOf(script.getFileName());
            Path sibling = script.resolveSibling(name.replaceFirst("\\.groovy$", "") + ".scenario.groovy");
            if (Files.isRegularFile(sibling)) {
                return sibling;
            }
        }
        return null;
    }

    @Override
    public void close() {
        carrier.close();
    }
}
