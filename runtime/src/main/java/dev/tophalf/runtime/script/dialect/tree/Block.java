package dev.tophalf.runtime.script.dialect.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements in a row, with variables of their own. */
public final class Block extends Step {
    private final List<Step> steps;
    private final @Nullable Target target;

    public Block(List<? extends Step> steps) {
        this(steps, null);
    }

    /** A block with a label, which {@code break} can leave. */
    public Block(List<? extends Step> steps, @Nullable Target target) {
        this.steps = List.copyOf(steps);
        this.target = target;
    }

    @Override
    public void emit(Code code) {
        int slot = code.nextSlot();
        if (target != null) {
            target.begin(code);
        }
        for (Step step : steps) {
            step.emit(code);
        }
        if (target != null) {
            target.end(code);
        }
        code.release(slot);
    }

    @Override
    public boolean completes() {
        return (target != null && target.isBroken()) || steps.stream().allMatch(Step::completes);
    }
}
