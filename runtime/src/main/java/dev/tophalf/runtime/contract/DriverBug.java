package dev.tophalf.runtime.contract;

/**
 * What a kernel function throws, past every handler of the driver, when the driver's arguments make the processor fault, such as a null pointer that it
 * has to follow. It ends the task as an oops does.
 */
public final class DriverBug extends Error {
    private static final long serialVersionUID = 1;

    private final String linux;

    /**
     * @param message one line, such as {@code spin_lock() of a NULL pointer}
     * @param linux how Linux would begin its report
     */
    public DriverBug(String message, String linux) {
        super(message, null, false, false);
        this.linux = linux;
    }

    /** How Linux would begin its report. */
    public String linux() {
        return linux;
    }

    /** The processor followed a null pointer in {@code function}. */
    public static DriverBug nullPointer(String function) {
        return new DriverBug(function + " follows a NULL pointer", "BUG: kernel NULL pointer dereference");
    }
}
