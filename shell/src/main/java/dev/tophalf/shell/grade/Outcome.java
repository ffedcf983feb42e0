package dev.tophalf.shell.grade;

/** How the judging of a submission ended. */
enum Outcome {
    /** Every spec ran to its end. */
    GRADED("graded"),
    /** It does not compile, or the verifier refused it. */
    REJECTED("rejected"),
    /** It took longer than it may. */
    TIMEOUT("timeout"),
    /** It took more memory than it may. */
    MEMORY("memory"),
    /** It ended or crashed the JVM that judged it. */
    EXITED("exited"),
    /** The grader itself failed; the submission is not to blame. */
    BROKEN("broken");

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    /** As reports spell it. */
    String word() {
        return word;
    }

    /** Whether what passed until then counts. */
    boolean keepsPoints() {
        return this == GRADED || this == TIMEOUT;
    }
}
