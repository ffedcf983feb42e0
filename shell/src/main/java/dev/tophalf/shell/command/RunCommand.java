package dev.tophalf.shell.command;

import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.shell.report.JsonReport;
import dev.tophalf.shell.report.TextReport;
import dev.tophalf.shell.run.Outcome;
import dev.tophalf.shell.run.RunPlan;
import dev.tophalf.shell.run.RunResult;
import dev.tophalf.shell.run.Runner;
import dev.tophalf.shell.run.TraceFile;
import dev.tophalf.shell.world.WorldException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

    @Parameters(paramLabel = "SCRIPT", arity = "1..*", description = "Drivers, in the order of loading.")
    private List<Path> scripts = List.of();

    @Option(
            names = "--machine",
            paramLabel = "F.dts",
            description = "The machine, as Devicetree source; a small board with a button if not given.")
    private @Nullable Path machine;

    @Option(
            names = "--scenario",
            paramLabel = "F.groovy",
            description = "What to do with the drivers. If not given: NAME.scenario.groovy beside a driver,"
                    + " else every attribute and every action of each device.")
    private @Nullable Path scenario;

    @Option(
            names = "--seed",
            paramLabel = "N",
            converter = Numbers.Seed.class,
            description = "Where every random number comes from; 0 if not given.")
    private long seed;

    @Option(
            names = "--cpus",
            paramLabel = "N",
            converter = Numbers.Cpus.class,
            description = "How many CPUs the machine has, 1 to 8; 2 if not given.")
    private int cpus = RunPlan.DEFAULT_CPUS;

    @Option(
            names = "--boot",
            paramLabel = "MODULE.NAME=VALUE",
            description = "The kernel's command line: sets a parameter of a module; may be given again.")
    private List<String> boot = List.of();

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
        if (trace != null) {
            TraceFile.check(trace);
        }
        boot.forEach(this::checkBoot);
        RunResult result = Runner.run(new RunPlan(scripts, machine, scenario, seed, cpus, boot, limits.limits()));
        if (trace != null && result.outcome() != Outcome.REJECTED) {
            TraceFile.write(result, trace);
        }
        print(result);
        return result.exitStatus();
    }

    /** A parameter of a module that is not loaded would be ignored, as in Linux, and missed by whoever gave it. */
    private void checkBoot(String option) {
        List<String> modules = scripts.stream()
                .map(script -> new ScriptSource(script.toString(), "").moduleName())
                .toList();
        if (modules.stream().noneMatch(module -> option.startsWith(module + "."))) {
            throw new WorldException(
                    "--boot " + option + ": takes MODULE.NAME=VALUE, where MODULE is " + String.join(" or ", modules));
        }
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
