package dev.tophalf.runtime.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The C integer type that a Java integer stands for, where that is not {@code int} or {@code long}: a {@code long} that
 * is a {@code u32} or a {@code size_t}, an {@code int} that is a {@code u8}. A driver computes with the C type.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.PARAMETER, ElementType.FIELD})
public @interface CType {
    /** The type's name, such as {@code u32}. */
    String value();
}
