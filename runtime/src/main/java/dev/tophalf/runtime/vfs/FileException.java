package dev.tophalf.runtime.vfs;

/** What a system call on a file fails with. */
public final class FileException extends Exception {
    private static final long serialVersionUID = 1;

    private final int errno;

    /**
     * @param errno the error's number, positive
     * @param message as {@code strerror()} has it
     */
    public FileException(int errno, String message) {
        super(message, null, false, false);
        this.errno = errno;
    }

    /** The error's number, positive. */
    public int errno() {
        return errno;
    }
}
