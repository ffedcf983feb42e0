package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.ExecutionContext;

/**
 * The call of a driver's function that a local variable lives in.
 *
 * @param depth how deep the call is nested in {@code context}
 */
public record StackFrame(ExecutionContext context, int depth) {
    /** That of the function that runs. */
    public static StackFrame current() {
        ExecutionContext context = Simulation.current().cpu().context();
        return new StackFrame(context, context.callDepth());
    }

    /** Whether the function has certainly returned; another call may be nested as deep by now. */
    public boolean isGone() {
        return context.callDepth() < depth;
    }
}
