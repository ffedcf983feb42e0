package dev.tophalf.shell.command;

import dev.tophalf.runtime.sched.Schedule;
import dev.tophalf.shell.report.JsonReport;
import dev.tophalf.shell.report.TextReport;
import dev.tophalf.shell.run.Exploration;
import dev.tophalf.shell.run.Explorer;
import dev.tophalf.shell.run.RunPlan;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tophalf explore}: drivers under many schedules. */
@Command(
        name = "explore",
        description = {
            "Run the scripts many times, each time with another schedule: CPUs, interrupts and tasks take turns"
                    + " in any order that the hardware and the kernel allow. Without a scenario everything is"
                    + " also done at once.",
            "Exit status: 0 no finding in any run, 1 findings, 2 not run."
        })
final class ExploreCommand implements Callable<Integer> {
    private static final int RUNS = 1_000;

    private final PrintWriter out;
    private final PrintWriter err;
    private final LimitOptions limits;

    @Mixin
    private PlanOptions options = new PlanOptions();

    @Option(
            names = "--runs",
            paramLabel = "N",
            converter = Numbers.Runs.class,
            description = "How many runs, with the seed and those after it; " + RUNS + " if not given.")
    private int runs = RUNS;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            converter = Numbers.Runs.class,
            description = "How many runs at once; one for each processor if not given.")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--format",
            paramLabel = "F",
            converter = Format.Converter.class,
            description = "What is printed: text (if not given) or json.")
    private Format format = Format.TEXT;

    @Option(names = "--color", description = "Colour the report, if it goes to a terminal.")
    private boolean colour;

    ExploreCommand(PrintWriter out, PrintWriter err, LimitOptions limits) {
        this.out = out;
        this.err = err;
        this.limits = limits;
    }

    @Override
    public Integer call() {
        RunPlan plan = options.plan(Schedule.RANDOM, limits.limits());
        Exploration result = new Explorer(plan, Math.min(jobs, runs), options.tasks()).explore(runs);
        result.first().diagnostics().forEach(err::println);
        if (format == Format.JSON) {
            out.print(JsonReport.exploration(result));
        } else if (result.first().diagnostics().isEmpty()) {
            TextReport report = colour && Terminal.isThere() ? TextReport.coloured() : TextReport.plain();
            out.print(report.exploration(result));
        }
        return result.exitStatus();
    }
}
