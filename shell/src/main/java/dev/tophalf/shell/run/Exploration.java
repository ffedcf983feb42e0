package dev.tophalf.shell.run;

import dev.tophalf.runtime.rule.Finding;
import java.util.List;

/**
 * What came of many runs of one plan.
 *
 * @param first the run with the plan's own seed
 * @param runs how many there were
 * @param distinct how many of them differ in their choices or in what happened
 * @param failing how many of them did not end well
 * @param cut how many of them were ended by a budget, so that nobody knows how they would have gone on
 * @param found what was found, each once
 */
public record Exploration(RunResult first, int runs, int distinct, int failing, int cut, List<Found> found) {

    /** A finding, with the first run that has it. */
    public static final class Found {
        private final Finding finding;
        private final RunResult run;
        private int count;

        Found(Finding finding, RunResult run) {
            this.finding = finding;
            this.run = run;
        }

        void count() {
            count++;
        }

        public Finding finding() {
            return finding;
        }

        /** The first run that has it. */
        public RunResult run() {
            return run;
        }

        /** How many runs have it. */
        public int runs() {
            return count;
        }
    }

    /** 0 if nothing was found, 1 if something was, 2 if nothing has run. */
    public int exitStatus() {
        return first.exitStatus() == 2 ? 2 : failing > 0 ? 1 : 0;
    }
}
