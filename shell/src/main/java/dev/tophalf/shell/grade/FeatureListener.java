package dev.tophalf.shell.grade;

import dev.tophalf.shell.grade.FeatureResult.Status;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Hears from the JUnit Platform how the features end, and tells the verdict. */
final class FeatureListener implements TestExecutionListener {
    private final VerdictWriter verdict;
    private @Nullable TestPlan plan;

    FeatureListener(VerdictWriter verdict) {
        this.verdict = verdict;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = started;
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        if (isA("feature", test)) {
            verdict.begin(test.getDisplayName());
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        if (isA("feature", test)) {
            verdict.end(new FeatureResult(test.getDisplayName(), Status.ERROR, OneLine.of("skipped: " + reason)));
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Optional<Throwable> thrown = result.getThrowable();
        if (isA("feature", test)) {
            end(test.getDisplayName(), thrown);
        } else if (isA("iteration", test) && thrown.isPresent()) {
            end(parentOf(test), thrown);
        } else if (thrown.isPresent()) {
            plan().getDescendants(test).stream()
                    .filter(below -> isA("feature", below))
                    .forEach(feature -> end(feature.getDisplayName(), thrown));
        }
    }

    private void end(String feature, Optional<Throwable> thrown) {
        verdict.end(thrown.map(reason -> Reason.of(feature, reason))
                .orElseGet(() -> new FeatureResult(feature, Status.PASSED, "")));
    }

    private String parentOf(TestIdentifier iteration) {
        return plan().getParent(iteration).map(TestIdentifier::getDisplayName).orElse("");
    }

    private TestPlan plan() {
        if (plan == null) {
            throw new IllegalStateException("a test ended before the plan began");
        }
        return plan;
    }

    private static boolean isA(String kind, TestIdentifier test) {
        UniqueId.Segment last = test.getUniqueIdObject().getLastSegment();
        return last.getType().equals(kind);
    }
}
