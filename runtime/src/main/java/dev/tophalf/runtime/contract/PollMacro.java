package dev.tophalf.runtime.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A kernel function that C has as a macro which reads a value and tests it, again and again, such as
 * {@code readl_poll_timeout(addr, val, cond, delay_us, timeout_us)}.
 *
 * <p>The method has a {@link Condition} and then the other parameters. Each evaluation of that condition is
 * {@code val = op(args)} and then {@code cond}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface PollMacro {
    /**
     * What a caller writes, in order: {@code val}, {@code cond}, {@code op} unless it is given here, and {@code addr} or,
     * at the end and for any number, {@code args}; every other name is a parameter of the method.
     */
    String[] value();

    /** The function that reads, where the caller does not name it. */
    String op() default "";
}
