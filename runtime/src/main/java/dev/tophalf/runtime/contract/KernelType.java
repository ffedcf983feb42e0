package dev.tophalf.runtime.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A struct, typedef or function pointer type that a driver may name. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface KernelType {
    /** The header that declares the type. */
    String header();

    /** The name that drivers type; empty for the simple name of the class. */
    String name() default "";

    /**
     * Whether a member of this type is storage inside its struct, as in C ({@code spinlock_t lock}), and not a
     * pointer. Such a class extends {@link dev.tophalf.runtime.memory.EmbeddedStruct} and has a constructor without
     * parameters.
     */
    boolean embedded() default false;

    /**
     * What a driver writes instead of {@code p[i]}, such as {@code copy_from_user()}, where that is not allowed;
     * empty for a type that is no pointer at all.
     */
    String insteadOfIndex() default "";

    /** What a driver writes instead of {@code p[i] = v}, such as {@code copy_to_user()}, where that is not allowed. */
    String insteadOfStore() default "";
}
