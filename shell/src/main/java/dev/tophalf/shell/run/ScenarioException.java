package dev.tophalf.shell.run;

import dev.tophalf.runtime.Simulation.Exit;
import dev.tophalf.runtime.trace.Site;
import dev.tophalf.shell.world.WorldException;

/** A scenario cannot go on. */
final class ScenarioException extends Exception {
    private static final long serialVersionUID = 1;

    private final Exit exit;
    private final transient Site site;
    private final String excerpt;

    /**
     * @param message one line
     * @param site the line of the scenario, or the file at fault, or {@link Site#NONE}
     * @param excerpt that line, as written
     */
    ScenarioException(String message, Throwable cause, Site site, String excerpt) {
        super(message, cause);
        this.exit = cause instanceof WorldException refused ? refused.exit() : Exit.DONE;
        this.site = site;
        this.excerpt = excerpt;
    }

    /** How the process ended that could not do it; {@link Exit#DONE} if that was no more than refused. */
    Exit exit() {
        return exit;
    }

    /** Whether the kernel ended it, which a rule has reported by then. */
    boolean isKernels() {
        return exit == Exit.KILLED || exit == Exit.STOPPED;
    }

    Site site() {
        return site;
    }

    String excerpt() {
        return excerpt;
    }
}
