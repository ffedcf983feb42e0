package dev.tophalf.shell.command;

import dev.tophalf.runtime.sched.Schedule;
import dev.tophalf.shell.report.JsonReport;
import dev.tophalf.shell.report.TextReport;
import dev.tophalf.shell.run.Outcome;
import dev.tophalf.shell.run.RunPlan;
import dev.tophalf.shell.run.RunResult;
import dev.tophalf.shell.run.Runner;
import dev.tophalf.shell.run.TraceFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tophalf run}: drivers from loading to unloading, and what the rules say. */
@Command(
        name = "run",
        description = {
            "Load the scripts as modules, play a scenario, unload them, and report.",
            "Exit status: 0 no finding, 1 findings, 2 not run."
        })
final class RunCommand implements Callable<Integer> {
    private final PrintWriter out;
    private final PrintWriter err;
    private final LimitOptions limits;

    @Mixin
    private PlanOptions options = new PlanOptions();

    @Option(
            names = "--schedule",
            paramLabel = "S",
            converter = PlanOptions.Schedules.class,
            description = "Who runs when: default (if not given), random by the seed, or what a run has printed.")
    private Schedule schedule = Schedule.DEFAULT;

    @Option(
            names = "--format",
            paramLabel = "F",
            converter = Format.Converter.class,
            description = "What is printed: text (if not given) or json.")
    private Format format = Format.TEXT;

    @Option(names = "--color", description = "Colour the report, if it goes to a terminal.")
    private boolean colour;

    @Option(names = "--trace", paramLabel = "FILE", description = "Write every call and event to FILE.")
    private @Nullable Path trace;

    RunCommand(PrintWriter out, PrintWriter err, LimitOptions limits) {
        this.out = out;
        this.err = err;
        this.limits = limits;
    }

    @Override
    public Integer call() {
        RunPlan plan = options.plan(schedule, limits.limits());
        if (trace != null) {
            TraceFile.check(trace);
        }
        RunResult result;
        try (Runner runner = new Runner(plan, options.tasks().get())) {
            result = runner.run(plan, true);
        }
        if (trace != null && result.outcome() != Outcome.REJECTED) {
            TraceFile.write(result, trace);
        }
        print(result);
        String divergence = result.divergence();
        if (divergence != null && result.outcome() != Outcome.REJECTED) {
            err.println("tophalf: not the run that this was printed by: it differs " + divergence
                    + "; a file, an option or tophalf itself has changed");
            return 2;
        }
        return result.exitStatus();
    }

    private void print(RunResult result) {
        result.diagnostics().forEach(err::println);
        if (format == Format.JSON) {
            out.print(JsonReport.run(result));
        } else if (result.diagnostics().isEmpty()) {
            TextReport report = colour && Terminal.isThere() ? TextReport.coloured() : TextReport.plain();
            out.print(report.run(result));
        }
    }
}
