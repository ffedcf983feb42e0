package dev.tophalf.runtime.trace;

import java.util.List;

/**
 * A driver uses the kernel in a way that the kernel itself has noticed.
 *
 * @param rule which rule is to report it, such as {@code deadlock}
 * @param message one line
 * @param linux how Linux would begin its report
 * @param site where, in the driver
 * @param advice what to do instead
 * @param related lines that help to understand it
 * @param story what would happen in the worst case, as lines of a drawing; empty for none
 */
public record Misuse(
        String rule, String message, String linux, Site site, String advice, List<Note> related, List<String> story)
        implements TraceRecord {
    /**
     * A line that helps to understand a misuse.
     *
     * @param site the line, or {@link Site#NONE}
     * @param text what about it
     */
    public record Note(Site site, String text) {}

    /** One that its message says enough about. */
    public Misuse(String rule, String message, String linux, Site site, String advice) {
        this(rule, message, linux, site, advice, List.of(), List.of());
    }

    @Override
    public String text() {
        return rule + ": " + message + "  " + site;
    }
}
