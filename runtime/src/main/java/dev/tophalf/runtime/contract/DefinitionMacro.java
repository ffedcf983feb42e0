package dev.tophalf.runtime.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A static method that a driver calls at the top level of its file to define something, such as
 * {@code DEVICE_ATTR_RO(presses)}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface DefinitionMacro {
    /** The header that declares the macro. */
    String header();

    /**
     * The file-scope variable that the call declares, of the method's return type and with its value; {@code %s} is
     * the first {@link Name} argument. Empty for none. Where the return type is a type parameter, the variable is the
     * array that the first argument stands for, and nothing else can be assigned to it.
     */
    String declares() default "";

    /** A parameter that takes a bare word and receives it as a string; also on members of ordinary functions. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    @interface Name {}

    /**
     * A parameter of an ordinary function that stands for a type, as {@code typeof()} does: the caller names a variable
     * of that type, which may be the one that the call's result is about to initialise.
     */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    @interface TypeOf {}

    /** A parameter that stands for the type of an array: the caller names that of its elements. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    @interface ArrayOf {}

    /**
     * A parameter that the caller does not write: the function of the file whose name is made from the first
     * {@link Name} argument.
     */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    @interface Derived {
        /** The function's name, with {@code %s} for the first name argument ({@code %s_show}). */
        String value();
    }

    /** A parameter that the caller does not write: the class that holds the file-scope variables. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    @interface FileScope {}
}
