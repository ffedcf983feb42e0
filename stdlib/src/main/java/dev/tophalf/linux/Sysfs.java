package dev.tophalf.linux;

import dev.tophalf.linux.kernel.Messages;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.memory.Pointer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** {@code linux/sysfs.h}: text for the readers of attributes. */
public final class Sysfs {
    private static final int PAGE = 4096;

    private Sysfs() {}

    /**
     * Writes formatted text to {@code buf}, the page that a {@code show} function was given.
     *
     * <p>Context: any.
     *
     * @return the number of bytes, without the final 0
     */
    @KernelFunction(header = "linux/sysfs.h")
    public static int sysfs_emit(Pointer buf, String fmt, @Nullable Object... args) {
        if (buf == null) {
            throw DriverBug.nullPointer("sysfs_emit()");
        }
        byte[] bytes = Messages.text(fmt, args).getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, PAGE - 1);
        for (int i = 0; i < length; i++) {
            buf.putAt(i, bytes[i]);
        }
        buf.putAt(length, 0);
        return length;
    }
}
