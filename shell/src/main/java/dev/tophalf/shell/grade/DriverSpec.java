package dev.tophalf.shell.grade;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.Simulation.Exit;
import dev.tophalf.runtime.hw.Action;
import dev.tophalf.runtime.machine.Board.Part;
import dev.tophalf.runtime.machine.Machine;
import dev.tophalf.runtime.rule.Finding;
import dev.tophalf.runtime.script.ScriptRejectedException;
import dev.tophalf.runtime.trace.Call;
import dev.tophalf.runtime.trace.KernelLog;
import dev.tophalf.runtime.trace.Site;
import dev.tophalf.runtime.trace.TraceRecord;
import dev.tophalf.runtime.trace.Unloaded;
import dev.tophalf.shell.run.RunPlan;
import dev.tophalf.shell.world.World;
import dev.tophalf.shell.world.WorldException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.spockframework.runtime.model.SpecMetadata;
import spock.lang.Specification;

/**
 * The base of an exercise's specs: each feature has a fresh machine, and says what it does to it in the words of the
 * prompt. What cannot be done fails the feature.
 */
@SpecMetadata(filename = "DriverSpec.java", line = 1) // as Spock's compiler would note, if this were Groovy
public abstract class DriverSpec extends Specification {
    private static @Nullable Job job;
    private static @Nullable Machine machine;

    /** A submission that loops for ever when it is loaded does so every time: why waste the time of the others. */
    private static String neverLoads = "";

    private @Nullable World world;
    private String module = "";

    /** Tells all specs of this JVM what they judge. */
    static void assign(Job newJob, Machine newMachine) {
        job = newJob;
        machine = newMachine;
    }

    @SuppressWarnings("unused") // Spock calls it before each feature, and before the setup() of the spec itself
    private void setup() {
        if (machine == null) {
            throw new IllegalStateException("specs of drivers are run by 'tophalf grade'");
        }
        world = World.boot(machine, 0, RunPlan.DEFAULT_CPUS, job().limits());
    }

    @SuppressWarnings("unused") // Spock calls it after each feature
    private void cleanup() {
        if (world != null) {
            world.close();
        }
    }

    /** The machine and the person in front of it, for what has no verb here. */
    public World world() {
        if (world == null) {
            throw new IllegalStateException("there is a machine only while a feature runs");
        }
        return world;
    }

    private static Job job() {
        if (job == null) {
            throw new IllegalStateException("specs of drivers are run by 'tophalf grade'");
        }
        return job;
    }

    /** Loads the submission. Returns its module's name. */
    public String insmod() throws ScriptRejectedException {
        if (!neverLoads.isEmpty()) {
            throw new WorldException(neverLoads);
        }
        try {
            module = world().insmod(job().submission());
            return module;
        } catch (WorldException failed) {
            WorldException explained = explained(failed);
            if (rules().contains("soft-lockup")) {
                neverLoads = String.valueOf(explained.getMessage());
            }
            throw explained;
        }
    }

    /** Loads another driver, from a file beside the spec. Returns its module's name. */
    public String insmod(String path) throws ScriptRejectedException {
        return world().insmod(Path.of(job().folder()).resolve(path));
    }

    /** Unloads the submission. */
    public void rmmod() {
        rmmod(module);
    }

    /** Unloads a module. */
    public void rmmod(String name) {
        attempt(() -> world().rmmod(name));
    }

    /** The content of a file, such as {@code button0/presses}. */
    public String cat(String path) {
        String[] content = {""};
        attempt(() -> content[0] = world().cat(path));
        return content[0];
    }

    /** Writes a line to a file. */
    public void echo(String text, String path) {
        attempt(() -> world().write(text + "\n", path));
    }

    private void attempt(Runnable verb) {
        try {
            verb.run();
        } catch (WorldException failed) {
            throw explained(failed);
        }
    }

    /** Nobody stands at a prompt to look up what killed a process: the latest finding says it. */
    private WorldException explained(WorldException failed) {
        List<Finding> findings = findings();
        if (failed.exit() == Exit.DONE || findings.isEmpty()) {
            return failed;
        }
        String message = String.valueOf(failed.getMessage()).replaceFirst("; see '.*", "");
        return new WorldException(message + ": " + words(findings.get(findings.size() - 1)), failed.exit());
    }

    private static String words(Finding finding) {
        return finding.headline() + ", " + place(finding.site());
    }

    /** A line of the submission, or of another driver. */
    private static String place(Site site) {
        return site.file().equals(job().submission().file()) ? "line " + site.line() : site.toString();
    }

    /** A hand on a peripheral: {@code peripheral('button0').act('press')}. */
    public Hand peripheral(String label) {
        return new Hand(label);
    }

    /** A hand on a peripheral. */
    public final class Hand {
        private final String label;

        private Hand(String label) {
            this.label = label;
        }

        /** Does something to it, and waits until the machine is quiet again. */
        public void act(String action, String... words) {
            attempt(() -> world().act(label, action, List.of(words)));
        }

        /** Does something to it when {@code milliseconds} of machine time have passed, whatever runs then. */
        public void after(long milliseconds, String action, String... words) {
            Action chosen = action(action);
            Simulation simulation = world().simulation();
            long dueNs = simulation.nowNs() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
            simulation
                    .clock()
                    .at(dueNs, label + " " + action, () -> chosen.body().accept(List.of(words)));
        }

        private Action action(String name) {
            Part part = world().simulation().board().part(label);
            List<Action> actions = part == null ? List.of() : part.peripheral().actions();
            return actions.stream()
                    .filter(action -> action.name().equals(name))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalArgumentException("there is no '" + label + "' that can '" + name + "'"));
        }
    }

    /** Lets machine time pass. */
    public void runFor(long milliseconds) {
        attempt(() -> world().runFor(TimeUnit.MILLISECONDS.toNanos(milliseconds)));
    }

    /** Milliseconds of machine time since boot. */
    public long now() {
        return TimeUnit.NANOSECONDS.toMillis(world().simulation().nowNs());
    }

    /** The kernel log. */
    public List<String> dmesg() {
        return world().dmesg().stream().map(KernelLog.Line::text).toList();
    }

    /** What the rules found so far. */
    public List<Finding> findings() {
        return world().findings();
    }

    /** The ids of the rules that found something, in the order of finding. */
    public List<String> rules() {
        return findings().stream().map(Finding::rule).toList();
    }

    /** Fails the feature if one of these rules has found something, or any rule if none is named. */
    public void noFindings(String... rules) {
        List<String> asked = List.of(rules);
        List<Finding> found = findings().stream()
                .filter(finding -> asked.isEmpty() || asked.contains(finding.rule()))
                .toList();
        if (!found.isEmpty()) {
            throw new AssertionError(
                    found.stream().map(DriverSpec::words).distinct().collect(Collectors.joining("; ")));
        }
    }

    /** The calls that the submission made since it was last unloaded, as {@code mdelay(), line 12}. */
    public List<String> callsAfterUnload() {
        List<String> calls = new ArrayList<>();
        boolean unloaded = false;
        for (TraceRecord record : world().simulation().trace().records()) {
            if (record instanceof Unloaded end && end.module().equals(module)) {
                unloaded = true;
                calls.clear();
            } else if (unloaded
                    && record instanceof Call call
                    && call.site().file().equals(job().submission().file())) {
                calls.add(call.contract().function() + "(), " + place(call.site()));
            }
        }
        return calls;
    }
}
