package dev.tophalf.shell.grade;

import java.util.List;

/**
 * What a submission earned for a rubric item.
 *
 * @param why why it earned nothing, a line for each feature that did not pass
 */
record ItemMark(RubricItem item, Result result, List<String> why) {
    /** How an item ended. */
    enum Result {
        PASSED("passed"),
        FAILED("failed"),
        /** A spec broke: the exercise is to blame, or the emulator. */
        ERROR("error"),
        NOT_RUN("not-run");

        private final String word;

        Result(String word) {
            this.word = word;
        }

        /** As reports spell it. */
        String word() {
            return word;
        }
    }

    int points() {
        return result == Result.PASSED ? item.points() : 0;
    }
}
