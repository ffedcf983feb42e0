package dev.tophalf.runtime.contract;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.trace.AccessObserver;

/** What woven code calls. No script can name this class. */
public final class Woven {
    private static final Object[] NOTHING = {};

    private Woven() {}

    /** A kernel function with parameters is about to be called. */
    public static void call(int site, Object[] arguments) {
        Simulation.current().gate().call(site, arguments);
    }

    /** A kernel function without parameters is about to be called. */
    public static void call(int site) {
        Simulation.current().gate().call(site, NOTHING);
    }

    /** A loop turns. */
    public static void tick(int site) {
        Simulation.current().meter().tick(site);
    }

    /** An array or a text is about to be made, of {@code ticks} times 64 bytes. */
    public static void charge(int ticks, int site) {
        Simulation.current().meter().charge(ticks, site);
    }

    /** A library function is about to do as much as {@code ticks} turns of a loop. */
    public static void work(int ticks, int site) {
        Simulation.current().meter().work(ticks, site);
    }

    /** An exception has been made. */
    public static void exception(int site) {
        Simulation.current().meter().exception(site);
    }

    /** A function of the script is entered. Returns how deep its caller is. */
    public static int enter(int site) {
        return Simulation.current().meter().enter(site);
    }

    /** A function of the script returns to its caller, which is {@code depth} calls deep. */
    public static void leave(int depth) {
        Simulation.current().cpu().context().setCallDepth(depth);
    }

    /** A function of the script, whose caller is {@code depth} calls deep, has caught something. */
    public static void caught(int depth, int site) {
        Simulation now = Simulation.current();
        now.meter().exception(site);
        now.cpu().context().setCallDepth(depth + 1);
    }

    /** A handler of the script has caught something that it may have to let go. */
    public static void rethrowIfKilled(Throwable thrown) {
        Simulation.current().gate().rethrowIfKilled(thrown);
    }

    /** A member or file-scope variable is about to be read. */
    public static void read(Object owner, String member, int site) {
        AccessObserver observer = Simulation.current().accessObserver();
        if (observer != null) {
            observer.read(owner, member, site);
        }
    }

    /** A member or file-scope variable is about to be written. */
    public static void write(Object owner, String member, int site) {
        AccessObserver observer = Simulation.current().accessObserver();
        if (observer != null) {
            observer.write(owner, member, site);
        }
    }

    /** An element of an array is about to be read. */
    public static void readElement(Object array, int index, int site) {
        AccessObserver observer = Simulation.current().accessObserver();
        if (observer != null) {
            observer.readElement(array, index, site);
        }
    }

    /** An element of an array is about to be written. */
    public static void writeElement(Object array, int index, int site) {
        AccessObserver observer = Simulation.current().accessObserver();
        if (observer != null) {
            observer.writeElement(array, index, site);
        }
    }
}
