package dev.tophalf.linux.kernel;

import com.google.common.collect.ImmutableMap;
import dev.tophalf.linux.Errno;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.vfs.FileException;
import dev.tophalf.runtime.vfs.FileTree;

/** The files of a machine that runs Linux. */
public final class Files {
    private static final ImmutableMap<Integer, String> MESSAGES = ImmutableMap.<Integer, String>builder()
            .put(Errno.EPERM, "Operation not permitted")
            .put(Errno.ENOENT, "No such file or directory")
            .put(Errno.EINTR, "Interrupted system call")
            .put(Errno.EIO, "Input/output error")
            .put(Errno.ENXIO, "No such device or address")
            .put(Errno.EAGAIN, "Resource temporarily unavailable")
            .put(Errno.ENOMEM, "Cannot allocate memory")
            .put(Errno.EACCES, "Permission denied")
            .put(Errno.EFAULT, "Bad address")
            .put(Errno.EBUSY, "Device or resource busy")
            .put(Errno.EEXIST, "File exists")
            .put(Errno.ENODEV, "No such device")
            .put(Errno.ENOTDIR, "Not a directory")
            .put(Errno.EISDIR, "Is a directory")
            .put(Errno.EINVAL, "Invalid argument")
            .put(Errno.ENOSPC, "No space left on device")
            .put(Errno.ERANGE, "Numerical result out of range")
            .put(Errno.EOVERFLOW, "Value too large for defined data type")
            .put(Errno.ETIMEDOUT, "Connection timed out")
            .buildOrThrow();

    private Files() {}

    /** The files of {@code simulation}. */
    public static FileTree of(Simulation simulation) {
        return simulation.part(FileTree.class, made -> new FileTree());
    }

    /** What a system call fails with; {@code errno} is positive. */
    public static FileException error(int errno) {
        return new FileException(errno, message(errno));
    }

    /** An error in words, as {@code strerror()} has it. */
    public static String message(int errno) {
        String name = Errno.name(errno);
        String unknown = name == null ? "Unknown error " + errno : name;
        return MESSAGES.getOrDefault(errno, unknown);
    }
}
