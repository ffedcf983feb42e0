package dev.tophalf.runtime.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The contract of a kernel function, on the static method that implements it.
 *
 * <p>The method's name and parameters are the function's. Gate, rules, static check, reference page and completion all
 * read this annotation; nothing else states a contract.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface KernelFunction {
    /** The header that declares the function, such as {@code linux/delay.h}. */
    String header();

    /** Whether it may sleep. */
    Sleeps sleeps() default Sleeps.NEVER;

    /**
     * The contexts that may call it. Empty stands for process context alone if it always sleeps, and for every
     * context but NMI otherwise.
     */
    ContextKind[] contexts() default {};

    /** Whether it may be called in NMI context as well. */
    boolean nmi() default false;

    /** Whether it takes or gives back what belongs to a task, so that no interrupt may call it. */
    boolean byTask() default false;

    /** How Linux begins its report when the function is called where it may not sleep. */
    String complaint() default "BUG: sleeping function called from invalid context";

    /** The function that undoes this one, or that this one undoes; empty for none. */
    String pairsWith() default "";

    /** What a reader of the Linux source would miss in this implementation; empty for nothing. */
    String simplified() default "";
}
