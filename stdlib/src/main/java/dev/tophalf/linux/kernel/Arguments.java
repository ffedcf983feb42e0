package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.contract.DriverBug;
import org.jspecify.annotations.Nullable;

/** What drivers pass to kernel functions. */
public final class Arguments {
    private Arguments() {}

    /** What a driver passed to {@code call}, which follows it: NULL is the driver's bug. */
    public static <T> T require(@Nullable T given, String call) {
        if (given == null) {
            throw DriverBug.nullPointer(call);
        }
        return given;
    }
}
