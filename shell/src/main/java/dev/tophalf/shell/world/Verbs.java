package dev.tophalf.shell.world;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.HostFunction;
import java.util.List;

/** The verbs of {@link World} for scenario scripts, which can call nothing else. */
public final class Verbs {
    private static final long NS_PER_MS = 1_000_000;

    private Verbs() {}

    private static World world() {
        return Simulation.current().part(World.class, made -> {
            throw new IllegalStateException("no world in front of this machine");
        });
    }

    /** The content of a file. */
    @HostFunction
    public static String cat(String path) {
        return world().cat(path);
    }

    /** Writes a line to a file: {@code echo '1', 'button0/debounce'}. */
    @HostFunction
    public static void echo(String text, String path) {
        world().write(text + "\n", path);
    }

    /** Does something to a peripheral: {@code act 'button0', 'press'}. */
    @HostFunction
    public static void act(String peripheral, String action, String... words) {
        world().act(peripheral, action, List.of(words));
    }

    /** Starts to read a file, in a process of its own; {@link #wait_for_all} waits for its end. */
    @HostFunction
    public static void start_cat(String path) {
        world().startCat(path);
    }

    /** Starts to write a line to a file, in a process of its own; {@link #wait_for_all} waits for its end. */
    @HostFunction
    public static void start_echo(String text, String path) {
        world().startWrite(text + "\n", path);
    }

    /** Does something to a peripheral, and does not wait for what comes of it. */
    @HostFunction
    public static void start_act(String peripheral, String action, String... words) {
        world().startAct(peripheral, action, List.of(words));
    }

    /** Waits for the end of all that was started. */
    @HostFunction
    public static void wait_for_all() {
        world().waitForAll();
    }

    /** Sends a signal to every process of that name: {@code pkill 'cat', 2}. */
    @HostFunction
    public static void pkill(String comm, int signal) {
        if (signal < 1 || signal > 31) {
            throw new WorldException("pkill: " + signal + " is no signal; they are 1 to 31");
        }
        world().pkill(comm, signal);
    }

    /** Lets machine time pass. */
    @HostFunction
    public static void run_for(long milliseconds) {
        world().runFor(milliseconds * NS_PER_MS);
    }

    /** Unloads a module. */
    @HostFunction
    public static void rmmod(String module) {
        world().rmmod(module);
    }

    /** Ends the scenario with a message unless both are the same text. */
    @HostFunction
    public static void expect(String actual, String expected) {
        if (!actual.equals(expected)) {
            throw new WorldException("expected '" + shown(expected) + "' but got '" + shown(actual) + "'");
        }
    }

    private static String shown(String text) {
        return text.replace("\n", "\\n");
    }
}
