package dev.tophalf.shell.run;

import dev.tophalf.linux.kernel.LoadedModule;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.Simulation.Exit;
import dev.tophalf.runtime.contract.ContextKind;
import dev.tophalf.runtime.rule.ContextSnapshot;
import dev.tophalf.runtime.rule.Finding;
import dev.tophalf.runtime.rule.Severity;
import dev.tophalf.runtime.sched.Schedule;
import dev.tophalf.runtime.script.Diagnostic;
import dev.tophalf.runtime.script.Scope;
import dev.tophalf.runtime.script.ScriptRejectedException;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.runtime.trace.Site;
import dev.tophalf.shell.world.World;
import dev.tophalf.shell.world.WorldException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run under way: the drivers of a plan are loaded as modules, a scenario plays, and they are unloaded. */
final class Run {
    private static final ContextSnapshot NO_CPU =
            new ContextSnapshot(ContextKind.PROCESS, 0, false, 0, List.of(), List.of());

    /** The rules that end a driver which uses more than it may. */
    private static final List<String> BUDGETS = List.of("soft-lockup", "memory-budget", "output-budget", "time-budget");

    private final RunPlan plan;
    private final World world;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private int judged;
    private String reason = "";

    Run(RunPlan plan, World world) {
        this.plan = plan;
        this.world = world;
    }

    /** Runs it from beginning to end. */
    RunResult run(List<ScriptSource> drivers, @Nullable ScriptSource scenarioSource) {
        drivers.forEach(this::check);
        Scenario scenario = scenario(scenarioSource);
        if (!diagnostics.isEmpty()) {
            return result(Outcome.REJECTED);
        }
        attempt(() -> {
            load(drivers);
            scenario.play();
        });
        if (reason.isEmpty()) {
            attempt(this::unload);
        }
        collectFindings();
        return result(outcome());
    }

    /** Compiles a driver, so that whatever is wrong with any of them is said before one has run. */
    private void check(ScriptSource driver) {
        try {
            world.compiler().compile(driver, Scope.EMPTY);
        } catch (ScriptRejectedException rejected) {
            diagnostics.addAll(rejected.diagnostics());
        }
    }

    private Scenario scenario(@Nullable ScriptSource source) {
        if (source != null) {
            try {
                return ScriptedScenario.compile(world, source);
            } catch (ScriptRejectedException rejected) {
                diagnostics.addAll(rejected.diagnostics());
            }
        }
        return new StandardScenario(world, !plan.schedule().isDefault());
    }

    private void load(List<ScriptSource> drivers) throws ScenarioException {
        for (ScriptSource driver : drivers) {
            try {
                world.insmod(driver, Scope.EMPTY, plan.parametersOf(driver.moduleName()));
            } catch (WorldException refused) {
                Site file = new Site(driver.file(), 0, 0, "", null);
                throw new ScenarioException(String.valueOf(refused.getMessage()), refused, file, "");
            } catch (ScriptRejectedException changed) {
                throw new IllegalStateException(driver.file() + " compiled once and not again", changed);
            }
        }
    }

    private void unload() throws ScenarioException {
        List<LoadedModule> loaded = world.modules();
        for (int i = loaded.size() - 1; i >= 0; i--) {
            try {
                world.rmmod(loaded.get(i).name());
            } catch (WorldException refused) {
                // A module without an exit function stays, as in Linux.
                if (refused.exit() != Exit.DONE) {
                    throw new ScenarioException(String.valueOf(refused.getMessage()), refused, Site.NONE, "");
                }
            }
        }
    }

    /** Does a part of the run. What the kernel ended by force, the rest does not follow. */
    private void attempt(Scenario part) {
        try {
            part.play();
        } catch (ScenarioException failed) {
            String stopReason = world.simulation().stopReason();
            String message = stopReason == null ? withoutHint(failed) : stopReason;
            if (failed.exit() != Exit.DONE) {
                reason = message;
            }
            collectFindings();
            if (!failed.isKernels() || findings.isEmpty()) {
                findings.add(finding(failed, message));
            }
        }
    }

    /** The message without what helps only at the prompt. */
    private static String withoutHint(ScenarioException failed) {
        return String.valueOf(failed.getMessage()).replaceFirst("; see .*", "");
    }

    private Finding finding(ScenarioException failed, String message) {
        return new Finding(
                "scenario",
                Severity.ERROR,
                message,
                failed.site(),
                failed.excerpt(),
                world.simulation().nowNs(),
                NO_CPU,
                "",
                "A scenario is what people do with a driver; from here it could not go on.",
                "",
                List.of(),
                List.of());
    }

    private Outcome outcome() {
        if (findings.stream().anyMatch(finding -> BUDGETS.contains(finding.rule()))) {
            return Outcome.BUDGET;
        }
        return reason.isEmpty() && !world.simulation().isStopped() ? Outcome.COMPLETED : Outcome.STOPPED;
    }

    private RunResult result(Outcome outcome) {
        Simulation simulation = world.simulation();
        boolean ran = outcome != Outcome.REJECTED;
        String stopReason = simulation.stopReason();
        Schedule schedule = plan.schedule();
        return new RunResult(
                plan.scripts().stream().map(Path::toString).toList(),
                Machines.name(plan.machine()),
                plan.seed(),
                ran ? simulation.nowNs() : 0,
                outcome,
                stopReason == null ? reason : stopReason,
                findings,
                ran ? world.dmesg() : List.of(),
                diagnostics,
                simulation.trace(),
                simulation.scheduler().decider().hash(),
                schedule.divergence(simulation.trace()),
                schedule.isDefault() || !ran
                        ? plan.commandLine()
                        : plan.with(plan.seed(), schedule.expecting(simulation.trace()))
                                .commandLine());
    }

    /** Takes over what the rules have found since the last time. */
    private void collectFindings() {
        List<Finding> all = world.findings();
        findings.addAll(all.subList(judged, all.size()));
        judged = all.size();
    }
}
