package dev.tophalf.shell.run;

import dev.tophalf.runtime.lock.LockChecks;
import dev.tophalf.runtime.sched.Preemption;
import dev.tophalf.runtime.sched.Schedule;
import dev.tophalf.shell.world.DriverLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a run is a function of.
 *
 * @param scripts the drivers, in the order of loading
 * @param machine a Devicetree source, or null for the default machine
 * @param scenario a scenario script, or null to look beside the drivers for one
 * @param seed where every random number comes from
 * @param cpus how many CPUs the machine has
 * @param boot the kernel's command line: {@code preempt=MODEL}, the {@link #FLAGS} with 0 or 1, and
 *     {@code MODULE.NAME=VALUE} for a parameter of a module
 * @param schedule how choices are made
 * @param limits what the drivers may use
 */
public record RunPlan(
        List<Path> scripts,
        @Nullable Path machine,
        @Nullable Path scenario,
        long seed,
        int cpus,
        List<String> boot,
        Schedule schedule,
        DriverLimits limits) {
    public static final int DEFAULT_CPUS = 2;

    /** The options of the kernel that are on or off: what {@link LockChecks} has. */
    public static final List<String> FLAGS = List.of("prove_locking", "read_lock_recursive", "prove_raw_lock_nesting");

    private static final String PREEMPT = "preempt=";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    public RunPlan {
        scripts = List.copyOf(scripts);
        boot = List.copyOf(boot);
    }

    /** A run by the default schedule within the usual limits. */
    public RunPlan(
            List<Path> scripts,
            @Nullable Path machine,
            @Nullable Path scenario,
            long seed,
            int cpus,
            List<String> boot) {
        this(scripts, machine, scenario, seed, cpus, boot, Schedule.DEFAULT, DriverLimits.DEFAULT);
    }

    /** A run of {@code scripts} with nothing else asked for. */
    public static RunPlan of(Path... scripts) {
        return new RunPlan(List.of(scripts), null, null, 0, DEFAULT_CPUS, List.of());
    }

    /** The parameters that the command line has for a module. */
    public List<String> parametersOf(String module) {
        return boot.stream()
                .filter(option -> option.startsWith(module + "."))
                .map(option -> option.substring(module.length() + 1))
                .toList();
    }

    /** The same with other choices. */
    public RunPlan with(long newSeed, Schedule newSchedule) {
        return new RunPlan(scripts, machine, scenario, newSeed, cpus, boot, newSchedule, limits);
    }

    /** The preemption model that the command line asks for. */
    public Preemption preemption() {
        return boot.stream()
                .filter(option -> option.startsWith(PREEMPT))
                .map(option ->
                        Preemption.valueOf(option.substring(PREEMPT.length()).toUpperCase(Locale.ROOT)))
                .reduce(Preemption.VOLUNTARY, (before, last) -> last);
    }

    /** What the command line says about checking locks. */
    public LockChecks lockChecks() {
        LockChecks usual = LockChecks.DEFAULT;
        return new LockChecks(
                flag("prove_locking", usual.proveLocking()),
                flag("read_lock_recursive", usual.readLockRecursive()),
                flag("prove_raw_lock_nesting", usual.proveRawLockNesting()));
    }

    private boolean flag(String name, boolean usual) {
        return boot.stream()
                .filter(option -> option.startsWith(name + "="))
                .map(option -> option.endsWith("=1"))
                .reduce(usual, (before, last) -> last);
    }

    /** The command line that repeats the run, ready for a shell. */
    public String commandLine() {
        return schedule.isDefault() ? "tophalf run " + words() : "tophalf replay " + quoted(words());
    }

    /** The words of {@code tophalf run} that repeat the run, with the options that matter to it. */
    public String words() {
        StringJoiner words = new StringJoiner(" ");
        scripts.forEach(script -> words.add(quoted(script.toString())));
        if (machine != null) {
            words.add("--machine").add(quoted(machine.toString()));
        }
        if (scenario != null) {
            words.add("--scenario").add(quoted(scenario.toString()));
        }
        if (seed != 0) {
            words.add("--seed").add(Long.toString(seed));
        }
        if (cpus != DEFAULT_CPUS) {
            words.add("--cpus").add(Integer.toString(cpus));
        }
        boot.forEach(option -> words.add("--boot").add(quoted(option)));
        if (!schedule.isDefault()) {
            words.add("--schedule").add(quoted(schedule.toString()));
        }
        limits.words().forEach(words::add);
        return words.toString();
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
