package dev.tophalf.shell.run;

import java.util.Locale;

/** How a run ended. */
public enum Outcome {
    /** It went to its end. */
    COMPLETED,
    /** It ended where Linux would: a panic, or an oops in what the scenario was doing. */
    STOPPED,
    /** A script was refused; nothing has run. */
    REJECTED,
    /** A script used more than it may. */
    BUDGET;

    /** As reports spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
