package dev.tophalf.runtime.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A kernel function that C has as a macro on a place in memory, such as {@code READ_ONCE(b.seq)}.
 *
 * <p>The method returns nothing and has no parameter, or one {@code String} that gets the place as the driver spells
 * it. It is called right before the access: place and value have been computed, and nothing comes between the call and
 * the load or store that it announces. The access itself is the driver's own, in its own bytecode.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface LvalueMacro {
    /** What the macro does to the place. */
    Access value();

    /** The ways to use a place. */
    enum Access {
        /** {@code READ_ONCE(p)}: its value. */
        READ,
        /** {@code WRITE_ONCE(p, v)}: nothing. */
        WRITE,
        /** {@code xchg(p, v)}: the value before. */
        EXCHANGE,
        /** {@code cmpxchg(p, old, v)}: the value before, which is replaced if it is {@code old}. */
        COMPARE_EXCHANGE
    }
}
