package dev.tophalf.runtime.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a parameter for which the kernel's build refuses a constant that is too large; a variable may be that large. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface ConstantLimit {
    /** The least constant that is refused. */
    long value();

    /** What becomes of such a call, and what to write instead. */
    String message();
}
