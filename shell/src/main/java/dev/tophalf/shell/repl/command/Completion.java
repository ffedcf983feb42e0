package dev.tophalf.shell.repl.command;

/** What a word of a command can be, for completion. */
public enum Completion {
    /** Nothing that could be listed. */
    NONE,
    /** A driver's file on the host. */
    DRIVER_FILE,
    /** A file of the machine. */
    MACHINE_FILE,
    /** A loaded module. */
    MODULE,
    /** A peripheral. */
    PERIPHERAL,
    /** Anything that {@code help} knows. */
    TOPIC
}
