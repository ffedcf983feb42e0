package dev.tophalf.runtime.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A static method that is what C has as an initialiser of a struct, such as {@code ATOMIC_INIT(1)}: it stands where a
 * variable is declared, or for a member of a designated initialiser, and nowhere else.
 *
 * <p>Its first parameter is the storage, which the driver does not write and which the method returns.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Initialiser {
    /** The header that declares the macro. */
    String header();
}
