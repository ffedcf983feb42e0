package dev.tophalf.runtime.script.dialect.tree;

/** A statement. */
public abstract class Step {
    /** Writes its code. */
    public abstract void emit(Code code);

    /** Whether what follows it can be reached. */
    public boolean completes() {
        return true;
    }
}
