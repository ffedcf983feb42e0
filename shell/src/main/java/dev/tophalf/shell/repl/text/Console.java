package dev.tophalf.shell.repl.text;

import java.io.PrintWriter;

/** Where the prompt's text goes: results to one writer, mistakes to the other, which may be the same. */
public final class Console {
    private final PrintWriter out;
    private final PrintWriter err;
    private final Paint paint;

    public Console(PrintWriter out, PrintWriter err, Paint paint) {
        this.out = out;
        this.err = err;
        this.paint = paint;
    }

    /** How to colour what is printed here. */
    public Paint paint() {
        return paint;
    }

    /** Prints a line. */
    public void line(String text) {
        text(text + "\n");
    }

    /** Prints text as it is. */
    public void text(String text) {
        err.flush();
        out.print(text);
        out.flush();
    }

    /** Prints what is wrong, a line or a few. */
    public void error(String text) {
        out.flush();
        err.print(text + "\n");
        err.flush();
    }
}
