package dev.tophalf.runtime.trace;

/**
 * The kernel calls a function of a driver.
 *
 * @param role what the kernel calls it as, such as {@code irq handler}
 * @param function the function's name
 */
public record Entered(String role, String function) implements TraceRecord {
    @Override
    public String text() {
        return "enter " + role + " " + function + "()";
    }

    @Override
    public int fingerprint() {
        return 31 * role.hashCode() + function.hashCode();
    }
}
