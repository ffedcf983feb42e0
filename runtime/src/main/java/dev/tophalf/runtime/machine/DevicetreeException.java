package dev.tophalf.runtime.machine;

/** A mistake in Devicetree source: one line with file, line, column, what was accepted and what was found. */
public final class DevicetreeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String fileName;
    private final int line;
    private final int column;

    DevicetreeException(DevicetreePosition position, String problem) {
        super(position + ": " + problem);
        this.fileName = position.fileName();
        this.line = position.line();
        this.column = position.column();
    }

    public String fileName() {
        return fileName;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
