package dev.tophalf.shell.command;

import java.io.Console;

/** Whether standard output is a terminal. */
final class Terminal {
    private Terminal() {}

    /** Before Java 22 there is a console only if there is a terminal; since then the console says so itself. */
    @SuppressWarnings("SystemConsoleNull")
    static boolean isThere() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }
}
