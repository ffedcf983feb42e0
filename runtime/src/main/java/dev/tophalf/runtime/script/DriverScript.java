package dev.tophalf.runtime.script;

import org.jspecify.annotations.Nullable;

/** The file scope of a compiled script: its functions and file-scope variables are static members of a subclass. */
public abstract class DriverScript {
    /**
     * Runs what stands at the top level of the file, in order.
     *
     * @return the value of the last statement if that is an expression, else null
     */
    public abstract @Nullable Object run();
}
