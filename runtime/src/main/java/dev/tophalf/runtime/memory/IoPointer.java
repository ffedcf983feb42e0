package dev.tophalf.runtime.memory;

import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.trace.Values;
import java.util.Locale;

/** A pointer into a peripheral's registers; only {@code readl()} and its family follow it. Or an error in its place. */
@KernelType(header = "linux/io.h", name = "__iomem", insteadOfIndex = "readl()", insteadOfStore = "writel()")
public final class IoPointer implements Values.Described, ErrorPointer {
    private final IoWindow window;
    private final long offset;
    private final int errno;

    private IoPointer(IoWindow window, long offset, int errno) {
        this.window = window;
        this.offset = offset;
        this.errno = errno;
    }

    /** A pointer to the start of a window. */
    public static IoPointer to(IoWindow window) {
        return new IoPointer(window, 0, 0);
    }

    /** What a function returns in place of a pointer when it fails with {@code errno}, which is negative. */
    public static IoPointer error(int errno) {
        return new IoPointer(new IoWindow("error", 0, 0), 0, errno);
    }

    /** The window that it points into. */
    public IoWindow window() {
        return window;
    }

    /** How far from the start of the window it points, in bytes. */
    public long offset() {
        return offset;
    }

    /** {@code p + n}. */
    public IoPointer plus(long bytes) {
        return new IoPointer(window, offset + bytes, errno);
    }

    /** {@code p - n}. */
    public IoPointer minus(long bytes) {
        return new IoPointer(window, offset - bytes, errno);
    }

    @Override
    public int errno() {
        return errno;
    }

    @Override
    public String describe() {
        return errno != 0 ? "ERR_PTR(" + errno + ")" : String.format(Locale.ROOT, "%s+0x%02x", window.name(), offset);
    }

    @Override
    public String toString() {
        return describe();
    }
}
