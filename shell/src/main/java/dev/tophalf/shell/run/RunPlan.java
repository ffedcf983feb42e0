package dev.tophalf.shell.run;

import dev.tophalf.shell.world.DriverLimits;
import java.nio.file.Path;
import java.util.List;
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
 * @param boot the kernel's command line: {@code MODULE.NAME=VALUE} is a parameter of a module
 * @param limits what the drivers may use
 */
public record RunPlan(
        List<Path> scripts,
        @Nullable Path machine,
        @Nullable Path scenario,
        long seed,
        int cpus,
        List<String> boot,
        DriverLimits limits) {
    public static final int DEFAULT_CPUS = 2;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    public RunPlan {
        scripts = List.copyOf(scripts);
        boot = List.copyOf(boot);
    }

    /** A run within the usual limits. */
    public RunPlan(
            List<Path> scripts,
            @Nullable Path machine,
            @Nullable Path scenario,
            long seed,
            int cpus,
            List<String> boot) {
        this(scripts, machine, scenario, seed, cpus, boot, DriverLimits.DEFAULT);
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

    /** The command line that repeats the run, ready for a shell, with the options that matter to it. */
    public String commandLine() {
        StringJoiner words = new StringJoiner(" ");
        words.add("tophalf").add("run");
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
        limits.words().forEach(words::add);
        return words.toString();
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
