package dev.tophalf.runtime.rule;

import dev.tophalf.runtime.contract.Contract;
import dev.tophalf.runtime.trace.Site;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule reports: a mistake, where and in which context it was made, why it is one, and what to do instead.
 *
 * @param rule the rule's id
 * @param message one line
 * @param site the line at fault
 * @param excerpt that line, as written
 * @param timeNs when, in nanoseconds since boot
 * @param context where the CPU was
 * @param linux how Linux would begin its report; empty if it would say nothing
 * @param why why the rule exists
 * @param advice what to do instead
 * @param related other lines that help to understand it
 * @param story what would happen in the worst case, as lines of a drawing; empty for none
 */
public record Finding(
        String rule,
        Severity severity,
        String message,
        Site site,
        String excerpt,
        long timeNs,
        ContextSnapshot context,
        String linux,
        String why,
        String advice,
        List<Related> related,
        List<String> story) {

    /** A line that helps to understand a finding. */
    public record Related(Site site, String text) {}

    /** The rule and the message, as the first line of a report has them. */
    public String headline() {
        return rule + ": " + message;
    }

    /** What two findings share if they are the same mistake: its rule, its place, and what is drawn of it. */
    public String mistake() {
        return rule + " " + site + " " + call() + (story.isEmpty() ? "" : " " + message);
    }

    /** The kernel function that was called at the line at fault, or empty. */
    public String call() {
        @Nullable Contract contract = site.contract();
        return contract == null ? "" : contract.function();
    }

    /** Builds a finding. */
    public static final class Builder {
        private final Rule rule;
        private final String message;
        private final Site site;
        private final String excerpt;
        private final Moment moment;
        private final List<Related> related = new ArrayList<>();
        private List<String> story = List.of();
        private Severity severity = Severity.ERROR;
        private String linux = "";
        private String advice = "";

        Builder(Rule rule, String message, Site site, String excerpt, Moment moment) {
            this.rule = rule;
            this.message = message;
            this.site = site;
            this.excerpt = excerpt;
            this.moment = moment;
        }

        /** An error unless told. */
        public Builder severity(Severity newSeverity) {
            severity = newSeverity;
            return this;
        }

        /** How Linux would begin its report. */
        public Builder linux(String line) {
            linux = line;
            return this;
        }

        /** What to do instead. */
        public Builder advice(String newAdvice) {
            advice = newAdvice;
            return this;
        }

        /** Another line that helps to understand it. */
        public Builder related(Site place, String text) {
            related.add(new Related(place, text));
            return this;
        }

        /** What would happen in the worst case, as lines of a drawing. */
        public Builder story(List<String> lines) {
            story = List.copyOf(lines);
            return this;
        }

        /** The finding. */
        public Finding build() {
            return new Finding(
                    rule.id(),
                    severity,
                    message,
                    site,
                    excerpt,
                    moment.timeNs(),
                    moment.context(),
                    linux,
                    rule.why(),
                    advice,
                    List.copyOf(related),
                    story);
        }
    }
}
