package dev.tophalf.linux;

import org.jspecify.annotations.Nullable;

/** What {@link Format} has to ask of its surroundings; each answer has a usual one. */
public interface FormatLookup {

    /** The usual answers. */
    FormatLookup STANDARD = new FormatLookup() {};

    /** The name that {@code %pe} prints for a positive error code, without the minus; null to print the number. */
    default @Nullable String errorName(int errno) {
        return Errno.name(errno);
    }

    /** How to print a pointer of a class that does not know it itself; null if nothing is known of it. */
    default @Nullable KernelPrintable printable(Object pointer) {
        return pointer instanceof KernelPrintable itself ? itself : null;
    }
}
