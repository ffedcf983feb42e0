package dev.tophalf.shell.grade;

import dev.tophalf.shell.grade.FeatureResult.Status;
import dev.tophalf.shell.world.WorldException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opentest4j.MultipleFailuresError;
import org.spockframework.runtime.Condition;
import org.spockframework.runtime.ConditionFailedWithExceptionError;
import org.spockframework.runtime.ConditionNotSatisfiedError;
import org.spockframework.runtime.SpockComparisonFailure;
import org.spockframework.runtime.model.ExpressionInfo;

/** Says in one line why a feature did not pass. */
final class Reason {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=", "=~", "==~", "in");

    private Reason() {}

    static FeatureResult of(String feature, Throwable thrown) {
        Throwable cause = thrown instanceof ConditionFailedWithExceptionError wrapper && wrapper.getCause() != null
                ? wrapper.getCause()
                : thrown;
        boolean drivers = cause instanceof AssertionError || cause instanceof WorldException;
        return new FeatureResult(feature, drivers ? Status.FAILED : Status.ERROR, OneLine.of(words(cause)));
    }

    private static String words(Throwable thrown) {
        if (thrown instanceof SpockComparisonFailure unequal) {
            return words(unequal.getCondition());
        }
        if (thrown instanceof ConditionNotSatisfiedError unsatisfied) {
            return words(unsatisfied.getCondition());
        }
        if (thrown instanceof MultipleFailuresError several
                && !several.getFailures().isEmpty()) {
            return words(several.getFailures().get(0)) + " (and "
                    + (several.getFailures().size() - 1) + " more)";
        }
        String message = thrown.getMessage();
        if (message == null || message.isBlank()) {
            return thrown.getClass().getSimpleName();
        }
        boolean isPlain = thrown instanceof WorldException || thrown.getClass() == AssertionError.class;
        return isPlain ? message : thrown.getClass().getSimpleName() + ": " + message;
    }

    private static String words(Condition condition) {
        if (condition.getMessage() != null) {
            return condition.getMessage();
        }
        ExpressionInfo expression = condition.getExpression();
        boolean compares = COMPARISONS.contains(expression.getOperation())
                && !expression.getChildren().isEmpty();
        String got = compares ? ", got " + shown(expression.getChildren().get(0).getValue()) : "";
        return "expected " + condition.getText() + got;
    }

    private static String shown(@Nullable Object value) {
        return value instanceof String text
                ? "'" + text.replace("\n", "\\n").replace("\t", "\\t") + "'"
                : String.valueOf(value);
    }
}
