package dev.tophalf.runtime.trace;

import java.util.List;

/**
 * A driver uses the kernel in a way that a kernel function itself has noticed.
 *
 * @param rule which rule is to report it, such as {@code deadlock}
 * @param message one line
 * @param linux how Linux would begin its report
 * @param site where, in the driver
 * @param advice what to do instead
 * @param related lines that help to understand it
 */
public record Misuse(String rule, String message, String linux, Site site, String advice, List<String> related)
        implements TraceRecord {
    @Override
    public String text() {
        return rule + ": " + message + "  " + site;
    }
}
