package dev.tophalf.shell.report;

import dev.tophalf.runtime.cpu.HeldLock;
import dev.tophalf.runtime.rule.Finding;
import dev.tophalf.runtime.rule.Finding.Related;
import dev.tophalf.shell.run.Exploration;
import dev.tophalf.shell.run.Exploration.Found;
import dev.tophalf.shell.run.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Findings and runs as text for people: a headline, then facts as key and value, most useful first.
 *
 * <p>Only prose is broken into lines; what somebody may search for stays whole.
 */
public final class TextReport {
    private static final int WIDTH = 100;
    private static final int KEY_WIDTH = 5;
    private static final String INDENT = " ".repeat(KEY_WIDTH + 4);

    /** A comment at the end of a line, after code without quotes or with pairs of them. */
    private static final Pattern COMMENT = Pattern.compile("^((?:[^'\"]|'[^']*'|\"[^\"]*\")*?\\S)\\s+//.*$");

    private final boolean colours;

    private TextReport(boolean colours) {
        this.colours = colours;
    }

    /** For files, pipes and tests. */
    public static TextReport plain() {
        return new TextReport(false);
    }

    /** For a terminal that shows colours. */
    public static TextReport coloured() {
        return new TextReport(true);
    }

    /** A run: the kernel log, each finding, and how many there are. Every line ends with a newline. */
    public String run(RunResult result) {
        StringBuilder text = new StringBuilder();
        result.kernelLog().forEach(line -> text.append(line).append('\n'));
        text.append('\n');
        for (Finding finding : result.findings()) {
            text.append(finding(finding, result.again())).append('\n');
        }
        if (!result.reason().isEmpty()) {
            text.append("the run ended early: ").append(result.reason()).append("\n\n");
        }
        return text.append(count(result.findings().size())).append('\n').toString();
    }

    /** Many runs: each finding with the log of the first run that has it, and what was covered. */
    public String exploration(Exploration result) {
        StringBuilder text = new StringBuilder();
        for (Found found : result.found()) {
            found.run().kernelLog().forEach(line -> text.append(line).append('\n'));
            text.append('\n').append(finding(found.finding(), found.run().again()));
            String runs = String.format(
                    Locale.ROOT,
                    "%,d of %,d, first with seed %d",
                    found.runs(),
                    result.runs(),
                    found.run().seed());
            fact(text, "runs", List.of(runs));
            text.append('\n');
        }
        text.append(String.format(Locale.ROOT, "%,d runs, %,d different", result.runs(), result.distinct()));
        if (result.cut() > 0) {
            text.append(String.format(Locale.ROOT, ", %,d ended by a budget", result.cut()));
        }
        return text.append("; ")
                .append(count(result.found().size()))
                .append('\n')
                .toString();
    }

    private static String count(int findings) {
        return switch (findings) {
            case 0 -> "no findings";
            case 1 -> "1 finding";
            default -> findings + " findings";
        };
    }

    /**
     * A finding. Every line ends with a newline.
     *
     * @param again how to run it again, or empty
     */
    public String finding(Finding finding, String again) {
        StringBuilder text = new StringBuilder();
        text.append(headline(finding)).append('\n');
        fact(text, "at", place(finding));
        fact(text, "in", ContextWords.of(finding));
        fact(
                text,
                "held",
                finding.context().held().stream().map(HeldLock::toString).toList());
        fact(text, "see", related(finding));
        fact(text, "story", finding.story());
        fact(text, "linux", whole(finding.linux()));
        fact(text, "why", wrapped(finding.why()));
        fact(text, "try", wrapped(finding.advice()));
        fact(text, "again", whole(again));
        return text.toString();
    }

    private String headline(Finding finding) {
        String colour = switch (finding.severity()) {
            case ERROR -> "1;31";
            case WARNING -> "1;33";
            case ADVICE -> "1;36";
        };
        return paint(colour, finding.rule()) + ": " + finding.message();
    }

    private void fact(StringBuilder text, String key, List<String> lines) {
        String padded = "  " + key + " ".repeat(KEY_WIDTH - key.length() + 2);
        for (int i = 0; i < lines.size(); i++) {
            text.append(i == 0 ? paint("2", padded) : INDENT)
                    .append(lines.get(i))
                    .append('\n');
        }
    }

    private String paint(String colour, String text) {
        return colours ? "\033[" + colour + "m" + text + "\033[0m" : text;
    }

    private static List<String> place(Finding finding) {
        String code = COMMENT.matcher(finding.excerpt()).replaceFirst("$1");
        String place = finding.site().toString();
        return whole(code.isEmpty() ? place : place + "    " + code);
    }

    /** Related lines, without those that the locks held have named. */
    private static List<String> related(Finding finding) {
        List<String> lines = new ArrayList<>();
        for (Related related : finding.related()) {
            boolean known = finding.context().held().stream()
                    .anyMatch(held -> held.takenAt().equals(related.site()));
            if (!known) {
                String place = related.site().toString();
                lines.add(place.isEmpty() ? related.text() : place + "    " + related.text());
            }
        }
        return lines;
    }

    private static List<String> whole(String value) {
        return value.isEmpty() ? List.of() : List.of(value);
    }

    private static List<String> wrapped(String prose) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : prose.split(" ", -1)) {
            if (line.length() > 0 && INDENT.length() + line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        if (line.length() > 0) {
            lines.add(line.toString());
        }
        return lines;
    }
}
