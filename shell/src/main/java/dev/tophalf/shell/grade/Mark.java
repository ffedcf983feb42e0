package dev.tophalf.shell.grade;

import dev.tophalf.runtime.script.Diagnostic;
import java.util.List;

/**
 * What a submission earned.
 *
 * @param file the submission, as the person named it
 * @param message what happened, in one line, if it was not graded to the end or failed everywhere in the same way
 * @param diagnostics why it was rejected
 * @param items each rubric item, in the order of the rubric
 */
record Mark(String file, Outcome outcome, String message, List<Diagnostic> diagnostics, List<ItemMark> items) {

    int points() {
        return items.stream().mapToInt(ItemMark::points).sum();
    }

    int of() {
        return items.stream().mapToInt(mark -> mark.item().points()).sum();
    }

    boolean isFull() {
        return points() == of();
    }
}
