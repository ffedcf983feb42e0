package dev.tophalf.runtime.vfs;

/** A file whose content is made when it is read, and acted on when it is written. */
public abstract class VirtualFile extends Node {
    private final int mode;

    /**
     * @param mode permission bits, such as {@code 0444}
     */
    protected VirtualFile(String name, int mode) {
        super(name);
        this.mode = mode;
    }

    /** Permission bits. */
    public final int mode() {
        return mode;
    }

    public final boolean isReadable() {
        return (mode & 0444) != 0;
    }

    public final boolean isWritable() {
        return (mode & 0222) != 0;
    }

    /** The content. Runs in the reading process. */
    public abstract String read() throws FileException;

    /** Takes new content, in the writing process. */
    public abstract void write(String content) throws FileException;
}
