package dev.tophalf.runtime.trace;

import java.util.List;

/**
 * A driver did what the processor refuses, such as reading through a null pointer.
 *
 * @param message one line, such as {@code NULL pointer dereference in button_probe()}
 * @param linux how Linux would begin its report
 * @param site where, in the driver
 * @param callers the driver's functions that led there, innermost first
 */
public record Oops(String message, String linux, Site site, List<Site> callers) implements TraceRecord {
    @Override
    public String text() {
        return "oops: " + message + "  " + site;
    }
}
