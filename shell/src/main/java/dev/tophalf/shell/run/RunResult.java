package dev.tophalf.shell.run;

import dev.tophalf.runtime.rule.Finding;
import dev.tophalf.runtime.script.Diagnostic;
import dev.tophalf.runtime.trace.KernelLog;
import dev.tophalf.runtime.trace.Trace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run.
 *
 * @param scripts the drivers, as the person named them
 * @param machine the machine's description, as the person named it
 * @param virtualTimeNs how long it took, in machine time
 * @param reason why it ended early, in one line; empty if it did not
 * @param findings what the rules and the scenario found, in the order of finding
 * @param diagnostics why scripts were refused
 * @param choices a number that two runs share if they had the same choices and made them alike
 * @param divergence where it was not the run that the schedule was printed by, in words; null if it was, or was new
 * @param again the command line that repeats the run
 */
public record RunResult(
        List<String> scripts,
        String machine,
        long seed,
        long virtualTimeNs,
        Outcome outcome,
        String reason,
        List<Finding> findings,
        List<KernelLog.Line> kernelLog,
        List<Diagnostic> diagnostics,
        Trace trace,
        long choices,
        @Nullable String divergence,
        String again) {

    public RunResult {
        scripts = List.copyOf(scripts);
        findings = List.copyOf(findings);
        kernelLog = List.copyOf(kernelLog);
        diagnostics = List.copyOf(diagnostics);
    }

    /** 0 if nothing was found, 1 if something was, 2 if nothing has run. */
    public int exitStatus() {
        if (outcome == Outcome.REJECTED) {
            return 2;
        }
        return outcome == Outcome.COMPLETED && findings.isEmpty() ? 0 : 1;
    }
}
