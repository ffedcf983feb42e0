package dev.tophalf.runtime.contract;

/**
 * An argument that C has as a macro's, to be evaluated again and again: {@code b.ready} in {@code wait_event(b.wq, b.ready)}.
 *
 * <p>The caller of a kernel function with a parameter of this type writes an expression. It sees and changes the variables
 * around it, and calls from it pass the gate.
 */
@FunctionalInterface
public interface Condition {
    /** Evaluates the expression. */
    boolean holds();
}
