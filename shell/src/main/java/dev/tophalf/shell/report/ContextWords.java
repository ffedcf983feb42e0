package dev.tophalf.shell.report;

import dev.tophalf.runtime.rule.ContextSnapshot;
import dev.tophalf.runtime.rule.ContextSnapshot.Frame;
import dev.tophalf.runtime.rule.Finding;
import dev.tophalf.runtime.trace.Site;
import java.util.ArrayList;
import java.util.List;

/** Where a CPU was, in words: who ran, what that had interrupted, and when. */
final class ContextWords {
    private ContextWords() {}

    /** A line for who ran, and one for each context below. */
    static List<String> of(Finding finding) {
        ContextSnapshot context = finding.context();
        String when = "at " + time(finding.timeNs());
        if (context.chain().isEmpty()) {
            return List.of("the scenario, " + when);
        }
        List<String> lines = new ArrayList<>();
        lines.add(who(finding) + ", " + context.words() + ", " + when);
        for (int i = context.chain().size() - 2; i >= 0; i--) {
            Frame frame = context.chain().get(i);
            if (!isIdle(frame)) {
                lines.add("interrupted " + interrupted(frame));
            }
        }
        return lines;
    }

    private static String who(Finding finding) {
        Frame running = finding.context().running();
        String entry = entry(running);
        Site at = finding.context().at();
        String function =
                at == null || at.equals(finding.site()) ? finding.site().function() : "";
        if (entry.isEmpty()) {
            return running.name();
        }
        return function.isEmpty() || function.equals(entry)
                ? entry + "()"
                : function + "() called from " + entry + "()";
    }

    private static String interrupted(Frame frame) {
        String entry = entry(frame);
        String place = frame.level() + " of " + frame.name();
        return entry.isEmpty() ? place : entry + "(), " + place;
    }

    /** The driver function that the kernel entered last, or empty. */
    private static String entry(Frame frame) {
        List<String> functions = frame.functions();
        return functions.isEmpty() ? "" : functions.get(functions.size() - 1);
    }

    private static boolean isIdle(Frame frame) {
        return frame.name().startsWith("swapper/") && frame.functions().isEmpty();
    }

    /** A time with three decimals, in the largest unit that leaves something before the point. */
    static String time(long ns) {
        if (ns < 1_000) {
            return ns + " ns";
        }
        if (ns < 1_000_000) {
            return thousandths(ns) + " us";
        }
        return ns < 1_000_000_000 ? thousandths(ns / 1_000) + " ms" : thousandths(ns / 1_000_000) + " s";
    }

    private static String thousandths(long count) {
        String decimals = Long.toString(1_000 + count % 1_000);
        return count / 1_000 + "." + decimals.substring(1);
    }
}
