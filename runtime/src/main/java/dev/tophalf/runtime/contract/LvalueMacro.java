package dev.tophalf.runtime.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A kernel function that C has as a macro on a place in memory, such as {@code READ_ONCE(b.seq)}.
 *
 * <p>The method returns nothing. It is called right before the access: place and value have been computed, and nothing
 * comes between the call and the load or store that it announces. The access itself is the driver's own, in its own
 * bytecode.
 *
 * <p>The caller writes the method's parameters as they stand, with the place where the first {@code String} is, which
 * gets the place as the driver spells it, and the values of the access behind it. A method without parameters is that of
 * a macro which takes the place first.
 *
 * <p>A method that returns an {@code int} is that of a macro on a per-CPU variable, such as {@code this_cpu_inc(hits)}:
 * an array with an element for each CPU, of which it tells the one that is meant.
 *
 * <p>The method of a macro on a bit has the bit's number as its first parameter, a {@code long}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface LvalueMacro {
    /** What the macro does to the place. */
    Access value();

    /**
     * A public static method of the same class that is shown the value right after the access, with nothing between
     * them: {@code void seen(@Nullable Object value)} gets the value that was loaded, or stored if the macro only
     * stores; an integer comes in its box. It is no kernel function: no driver can name it and it passes no gate. Empty
     * for none, as it is for a macro on a per-CPU variable.
     *
     * <p>That of a macro on a bit comes before the access: {@code boolean exists(long nr, int words)} gets the number of
     * the bit and how many integers there are, and says whether the access takes place; if not, the bit counts as 0.
     */
    String sees() default "";

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
        /** {@code try_cmpxchg(p, old, v)}: whether it was stored; {@code old}, a place, gets the value before if not. */
        TRY_COMPARE_EXCHANGE(2),

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
        INCREMENT_RETURN(0),

        // What follows is for bits: of an integer of 64 bits, or of an array of them.

        /** {@code test_bit(nr, p)}: whether the bit is set. */
        TEST_BIT(0),
        /** {@code set_bit(nr, p)}: nothing. */
        SET_BIT(0),
        /** {@code clear_bit(nr, p)}: nothing. */
        CLEAR_BIT(0),
        /** {@code change_bit(nr, p)}: nothing. */
        CHANGE_BIT(0),
        /** {@code test_and_set_bit(nr, p)}: whether the bit was set. */
        TEST_AND_SET_BIT(0),
        /** {@code test_and_clear_bit(nr, p)}: whether the bit was set. */
        TEST_AND_CLEAR_BIT(0),
        /** {@code test_and_change_bit(nr, p)}: whether the bit was set. */
        TEST_AND_CHANGE_BIT(0);

        private final int operands;

        Access(int operands) {
            this.operands = operands;
        }

        /** Whether it is of a bit. */
        public boolean isOfBit() {
            return compareTo(TEST_BIT) >= 0;
        }

        /** How many values come after the place. */
        public int operands() {
            return operands;
        }
    }
}
