package dev.tophalf.runtime.script.dialect.tree;

import java.util.List;

/** Statements in a row, whose variables are those of the block around them. */
public final class Steps extends Step {
    private final List<Step> steps;

    public Steps(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    @Override
    public void emit(Code code) {
        steps.forEach(step -> step.emit(code));
    }

    @Override
    public boolean completes() {
        return steps.stream().allMatch(Step::completes);
    }
}
