package dev.tophalf.shell.command;

import dev.tophalf.runtime.sched.Carrier;
import dev.tophalf.runtime.sched.ContinuationCarrier;
import dev.tophalf.runtime.sched.PlatformCarrier;
import dev.tophalf.runtime.sched.Preemption;
import dev.tophalf.runtime.sched.Schedule;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.shell.run.RunPlan;
import dev.tophalf.shell.world.DriverLimits;
import dev.tophalf.shell.world.WorldException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** What a run is a function of, as the commands that run drivers take it. */
@Command
final class PlanOptions {
    private static final String PREEMPT = "preempt=";

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
            paramLabel = "K=V",
            description = "The kernel's command line: preempt=none, voluntary (if not given) or full;"
                    + " prove_locking=0 checks no locks, read_lock_recursive=1 lets a task read again what it reads,"
                    + " prove_raw_lock_nesting=1 checks what PREEMPT_RT would not allow;"
                    + " MODULE.NAME=VALUE sets a parameter of a module. May be given again.")
    private List<String> boot = List.of();

    @Option(
            names = "--tasks",
            paramLabel = "T",
            converter = Tasks.class,
            description = "What tasks run on: continuation, or platform for a debugger that wants threads."
                    + " The run is the same.")
    private Supplier<Carrier> tasks = Carrier::best;

    /** The run that was asked for. */
    RunPlan plan(Schedule schedule, DriverLimits limits) {
        boot.forEach(this::checkBoot);
        return new RunPlan(scripts, machine, scenario, seed, cpus, boot, schedule, limits);
    }

    /** Makes what its tasks run on. */
    Supplier<Carrier> tasks() {
        return tasks;
    }

    /** A parameter of a module that is not loaded would be ignored, as in Linux, and missed by whoever gave it. */
    private void checkBoot(String option) {
        List<String> modules = scripts.stream()
                .map(script -> new ScriptSource(script.toString(), "").moduleName())
                .toList();
        if (option.startsWith(PREEMPT)) {
            List<String> models = Arrays.stream(Preemption.values())
                    .map(model -> model.name().toLowerCase(Locale.ROOT))
                    .toList();
            if (!models.contains(option.substring(PREEMPT.length()))) {
                throw new WorldException("--boot " + option + ": takes " + String.join(", ", models));
            }
        } else if (RunPlan.FLAGS.contains(option.replaceFirst("=.*", ""))) {
            if (!option.endsWith("=0") && !option.endsWith("=1")) {
                throw new WorldException("--boot " + option + ": takes 0, 1");
            }
        } else if (modules.stream().noneMatch(module -> option.startsWith(module + "."))) {
            throw new WorldException(
                    "--boot " + option + ": takes preempt=MODEL, " + String.join("=0|1, ", RunPlan.FLAGS)
                            + "=0|1 or MODULE.NAME=VALUE, where MODULE is " + String.join(" or ", modules));
        }
    }

    static final class Tasks implements ITypeConverter<Supplier<Carrier>> {
        @Override
        public Supplier<Carrier> convert(String word) {
            return switch (word) {
                case "platform" -> PlatformCarrier::new;
                case "continuation" -> {
                    if (!ContinuationCarrier.isAvailable()) {
                        throw new TypeConversionException("this Java has no continuations; 24 and later have");
                    }
                    yield ContinuationCarrier::new;
                }
                default -> throw new TypeConversionException("'" + word + "' is neither platform nor continuation");
            };
        }
    }

    static final class Schedules implements ITypeConverter<Schedule> {
        @Override
        public Schedule convert(String word) {
            try {
                return Schedule.parse(word);
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(String.valueOf(wrong.getMessage()));
            }
        }
    }
}
