package dev.tophalf.shell.world;

import dev.tophalf.runtime.Simulation.Exit;

/** What a person asked for cannot be done. The message is the one line to print. */
public final class WorldException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Exit exit;
    private final boolean driversRefusal;

    public WorldException(String message) {
        this(message, Exit.DONE);
    }

    /**
     * @param exit how the process ended that tried it
     */
    public WorldException(String message, Exit exit) {
        this(message, exit, false);
    }

    private WorldException(String message, Exit exit, boolean driversRefusal) {
        super(message);
        this.exit = exit;
        this.driversRefusal = driversRefusal;
    }

    /** The driver was asked and returned an error. */
    static WorldException fromDriver(String message) {
        return new WorldException(message, Exit.DONE, true);
    }

    /** How the process ended that tried it; {@link Exit#DONE} if it was refused and nothing worse. */
    public Exit exit() {
        return exit;
    }

    /** Whether the driver failed, rather than the person who asked. */
    public boolean isDriversFault() {
        return driversRefusal || exit != Exit.DONE;
    }
}
