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
 *
 * <p>A method that returns an {@code int} is that of a macro on a per-CPU variable, such as {@code this_cpu_inc(hits)}:
 * an array with an element for each CPU, of which it tells the one that is meant. What the caller writes after the
 * place goes to the method's other parameters first.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface LvalueMacro {
    /** What the macro does to the place. */
    Access value();

    /** The ways to use a place. */
    enum Access {
        /** {@code READ_ONCE(p)}: its value. */
        READ(0),
        /** {@code WRITE_ONCE(p, v)}: nothing. */
        WRITE(1),
        /** {@code xchg(p, v)}: the value before. */
        EXCHANGE(1),
        /** {@code cmpxchg(p, old, v)}: the value before, which is replaced if it is {@code old}. */
        COMPARE_EXCHANGE(2),

        // What follows is for per-CPU variables only.

        /** {@code per_cpu(p, cpu)}: the place itself. */
        PLACE(0),
        /** {@code this_cpu_add(p, v)}: nothing. */
        ADD(1),
        /** {@code this_cpu_sub(p, v)}: nothing. */
        SUBTRACT(1),
        /** {@code this_cpu_inc(p)}: nothing. */
        INCREMENT(0),
        /** {@code this_cpu_dec(p)}: nothing. */
        DECREMENT(0),
        /** {@code this_cpu_add_return(p, v)}: the value after it. */
        ADD_RETURN(1),
        /** {@code this_cpu_inc_return(p)}: the value after it. */
        INCREMENT_RETURN(0);

        private final int operands;

        Access(int operands) {
            this.operands = operands;
        }

        /** How many values come after the place. */
        public int operands() {
            return operands;
        }
    }
}
