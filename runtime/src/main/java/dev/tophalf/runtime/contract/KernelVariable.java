package dev.tophalf.runtime.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A static method without parameters that a driver reads as a variable of the method's name ({@code jiffies}). */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface KernelVariable {
    /** The header that declares the variable. */
    String header();
}
