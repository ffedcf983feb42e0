package dev.tophalf.shell.repl.text;

/** Colours, where the reader is a terminal that shows them. */
public enum Paint {
    ON,
    OFF;

    /** A mistake. */
    public String error(String text) {
        return with("31", text);
    }

    /** Something to look at. */
    public String warning(String text) {
        return with("33", text);
    }

    /** A heading. */
    public String heading(String text) {
        return with("1", text);
    }

    /** What may be overlooked. */
    public String faint(String text) {
        return with("2", text);
    }

    private String with(String colour, String text) {
        return this == OFF ? text : "\033[" + colour + "m" + text + "\033[0m";
    }
}
