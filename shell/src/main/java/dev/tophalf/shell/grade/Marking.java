package dev.tophalf.shell.grade;

import dev.tophalf.runtime.script.Diagnostic;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.shell.grade.FeatureResult.Status;
import dev.tophalf.shell.grade.ItemMark.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns what a worker said, and how it ended, into a mark. */
final class Marking {
    private final Exercise exercise;
    private final Limits limits;
    private final ScriptSource submission;
    private final Verdict verdict;

    Marking(Exercise exercise, Limits limits, ScriptSource submission, Verdict verdict) {
        this.exercise = exercise;
        this.limits = limits;
        this.submission = submission;
        this.verdict = verdict;
    }

    /** The mark of a submission that nobody can read. */
    static Mark unreadable(Exercise exercise, String file, String why) {
        Marking marking = new Marking(exercise, Limits.USUAL, new ScriptSource(file, ""), new Verdict());
        return marking.mark(Outcome.REJECTED, OneLine.of(why), List.of());
    }

    /** The mark, if the worker ended by itself. */
    Mark ended(int exitStatus, String lastWords) {
        if (!verdict.broken().isEmpty()) {
            return broken(verdict.broken());
        }
        if (verdict.isDone()) {
            List<Diagnostic> diagnostics = verdict.diagnostics();
            return diagnostics.isEmpty()
                    ? mark(Outcome.GRADED, commonReason(), diagnostics)
                    : mark(Outcome.REJECTED, "does not compile", diagnostics);
        }
        if (!verdict.isReady()) {
            return broken("the worker did not start (exit status " + exitStatus + "): " + OneLine.of(lastWords));
        }
        if (exitStatus == WorkerProcess.OUT_OF_MEMORY) {
            return mark(Outcome.MEMORY, "needed more than " + limits.heapMb() + " MB of memory" + where(), List.of());
        }
        return mark(Outcome.EXITED, "ended the JVM that judged it, exit status " + exitStatus + where(), List.of());
    }

    /** The mark, if the worker had to be stopped. */
    Mark stopped() {
        return mark(Outcome.TIMEOUT, "was stopped after " + limits.seconds() + " s" + where(), List.of());
    }

    /** The mark, if the grader failed. */
    Mark broken(String why) {
        return mark(Outcome.BROKEN, "could not be judged: " + OneLine.of(why), List.of());
    }

    /** Why everything failed, if that is the same for all features; else empty. */
    private String commonReason() {
        List<String> messages = verdict.results().values().stream()
                .map(FeatureResult::message)
                .distinct()
                .toList();
        return messages.size() == 1 && verdict.results().size() > 1 ? messages.get(0) : "";
    }

    private String where() {
        String feature = verdict.running();
        if (feature.isEmpty()) {
            return "";
        }
        boolean hidden = exercise.rubric().stream()
                .filter(item -> item.features().contains(feature))
                .allMatch(RubricItem::hidden);
        return hidden ? ", in a hidden feature" : ", in '" + feature + "'";
    }

    private Mark mark(Outcome outcome, String message, List<Diagnostic> diagnostics) {
        List<ItemMark> items = exercise.rubric().stream()
                .map(item -> outcome.keepsPoints() ? mark(item) : new ItemMark(item, Result.NOT_RUN, List.of()))
                .toList();
        return new Mark(submission.file(), outcome, message, diagnostics, items);
    }

    private ItemMark mark(RubricItem item) {
        Map<String, FeatureResult> results = verdict.results();
        Result worst = Result.PASSED;
        List<String> why = new ArrayList<>();
        for (String feature : item.features()) {
            FeatureResult result = results.get(feature);
            worst = worse(worst, result == null ? Result.NOT_RUN : result(result.status()));
            if (result != null && result.status() != Status.PASSED) {
                why.add((item.features().size() > 1 ? feature + ": " : "") + result.message());
            }
        }
        return new ItemMark(item, worst, why);
    }

    private static Result result(Status status) {
        return switch (status) {
            case PASSED -> Result.PASSED;
            case FAILED -> Result.FAILED;
            case ERROR -> Result.ERROR;
        };
    }

    private static Result worse(Result a, Result b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
