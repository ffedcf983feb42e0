package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;

import dev.tophalf.linux.Types.IntegerBox;
import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.runtime.contract.CType;
import dev.tophalf.runtime.contract.ContextKind;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.memory.Pointer;
import dev.tophalf.runtime.memory.UserPointer;
import org.jspecify.annotations.Nullable;

/**
 * {@code linux/uaccess.h}: the memory of the process that the kernel works for ({@code include/linux/uaccess.h}, {@code
 * lib/usercopy.c}). An access may fault, and the fault may have to wait for a page.
 */
public final class Uaccess {
    /** The end of the addresses of a process on x86-64. */
    private static final long TASK_SIZE = 0x7fff_ffff_f000L;

    private static final String PAGES = "every page of a process is in memory, so that no access waits for one";

    private Uaccess() {}

    /**
     * Copies {@code n} bytes from a process; what cannot be read is zeroed in {@code to}.
     *
     * <p>Context: process. Sleeps.
     *
     * @return how many bytes were <em>not</em> copied: 0 is success, else the caller returns {@code -EFAULT}
     */
    @KernelFunction(header = "linux/uaccess.h", sleeps = ALWAYS, simplified = PAGES)
    @CType("ulong")
    public static long copy_from_user(Pointer to, @Nullable UserPointer from, @CType("ulong") long n) {
        if (!isSize(n, "copy_from_user()")) {
            return n;
        }
        checkObject(to, n, "copy_from_user()", "usercopy: Kernel memory overwrite attempt detected to SLUB object");
        long copied = from == null ? 0 : from.readable(n);
        for (long i = 0; i < n; i++) {
            to.putAt(i, from != null && i < copied ? from.get(i) : 0);
        }
        return n - copied;
    }

    /**
     * Copies {@code n} bytes to a process.
     *
     * <p>Context: process. Sleeps.
     *
     * @return how many bytes were <em>not</em> copied: 0 is success, else the caller returns {@code -EFAULT}
     */
    @KernelFunction(header = "linux/uaccess.h", sleeps = ALWAYS, simplified = PAGES)
    @CType("ulong")
    public static long copy_to_user(@Nullable UserPointer to, Pointer from, @CType("ulong") long n) {
        if (!isSize(n, "copy_to_user()")) {
            return n;
        }
        checkObject(from, n, "copy_to_user()", "usercopy: Kernel memory exposure attempt detected from SLUB object");
        long copied = to == null ? 0 : to.writable(n);
        for (long i = 0; to != null && i < copied; i++) {
            to.put(i, from.getAt(i));
        }
        return n - copied;
    }

    /**
     * Copies {@code n} bytes of text to a process, which ends with a 0 byte as in C.
     *
     * <p>Context: process. Sleeps.
     *
     * @return how many bytes were <em>not</em> copied: 0 is success, else the caller returns {@code -EFAULT}
     */
    @KernelFunction(header = "linux/uaccess.h", sleeps = ALWAYS, simplified = PAGES)
    @CType("ulong")
    public static long copy_to_user(@Nullable UserPointer to, String from, @CType("ulong") long n) {
        if (from == null) {
            throw DriverBug.nullPointer("copy_to_user()");
        }
        return copy_to_user(to, Pointer.toText(from), n);
    }

    private static boolean isSize(long n, String call) {
        if (n >= 0 && n <= Integer.MAX_VALUE) {
            return true;
        }
        Misuses.report(
                "user-copy-size",
                call + " of " + Long.toUnsignedString(n) + " bytes",
                "WARNING: CPU: 0 at include/linux/thread_info.h",
                "check the count before it is used: an error code or a difference below 0 is a huge unsigned number");
        return false;
    }

    private static void checkObject(@Nullable Pointer memory, long n, String call, String linux) {
        if (memory == null) {
            if (n > 0) {
                throw DriverBug.nullPointer(call);
            }
            return;
        }
        memory.checkRoom(Math.min(n, 1));
        if (n > memory.room()) {
            throw new DriverBug(call + " of " + n + " bytes, where the buffer has " + memory.room(), linux);
        }
    }

    /**
     * Reads an integer of a process, as wide as the type of the box {@code x}, which is 0 after a fault.
     *
     * <p>Context: process. Sleeps.
     *
     * @return 0 or {@code -EFAULT}
     */
    @KernelFunction(
            header = "linux/uaccess.h",
            sleeps = ALWAYS,
            simplified = "x is a box, such as a u32_box, whose type says how many bytes; " + PAGES)
    public static int get_user(IntegerBox x, @Nullable UserPointer ptr) {
        if (x == null) {
            throw DriverBug.nullPointer("get_user()");
        }
        if (ptr == null || ptr.readable(x.bytes()) < x.bytes()) {
            x.set(0);
            return -Errno.EFAULT;
        }
        long raw = 0;
        for (int i = x.bytes() - 1; i >= 0; i--) {
            raw = raw << 8 | ptr.get(i);
        }
        x.set(raw);
        return 0;
    }

    /**
     * Writes the integer in the box {@code x} to a process, as wide as its type.
     *
     * <p>Context: process. Sleeps.
     *
     * @return 0 or {@code -EFAULT}
     */
    @KernelFunction(
            header = "linux/uaccess.h",
            sleeps = ALWAYS,
            simplified = "x is a box, such as a u32_box, whose type says how many bytes; " + PAGES)
    public static int put_user(IntegerBox x, @Nullable UserPointer ptr) {
        if (x == null) {
            throw DriverBug.nullPointer("put_user()");
        }
        if (ptr == null || ptr.writable(x.bytes()) < x.bytes()) {
            return -Errno.EFAULT;
        }
        for (int i = 0; i < x.bytes(); i++) {
            ptr.put(i, (int) (x.get() >>> (8 * i)));
        }
        return 0;
    }

    /**
     * Whether a range lies where the memory of processes is; an access to it may fault all the same.
     *
     * <p>Context: process.
     */
    @KernelFunction(header = "linux/uaccess.h", contexts = ContextKind.PROCESS)
    public static boolean access_ok(@Nullable UserPointer addr, @CType("ulong") long size) {
        long start = addr == null ? 0 : addr.address();
        return start >= 0 && size >= 0 && start <= TASK_SIZE && size <= TASK_SIZE - start;
    }

    /**
     * Zeroes {@code n} bytes of a process.
     *
     * <p>Context: process. Sleeps.
     *
     * @return how many bytes were <em>not</em> zeroed
     */
    @KernelFunction(header = "linux/uaccess.h", sleeps = ALWAYS, simplified = PAGES)
    @CType("ulong")
    public static long clear_user(@Nullable UserPointer to, @CType("ulong") long n) {
        long cleared = to == null || n < 0 ? 0 : to.writable(n);
        for (long i = 0; to != null && i < cleared; i++) {
            to.put(i, 0);
        }
        return n - cleared;
    }

    /**
     * Copies text from a process, with its 0 byte if that is within {@code count} bytes.
     *
     * <p>Context: process. Sleeps.
     *
     * @return the length without the 0 byte, {@code count} if it did not fit, or {@code -EFAULT}
     */
    @KernelFunction(header = "linux/uaccess.h", sleeps = ALWAYS, simplified = PAGES)
    public static long strncpy_from_user(Pointer dst, @Nullable UserPointer src, long count) {
        if (count <= 0) {
            return 0;
        }
        if (src == null) {
            return -Errno.EFAULT;
        }
        checkObject(dst, count, "strncpy_from_user()", "BUG: KASAN: slab-out-of-bounds");
        long readable = src.readable(count);
        for (long i = 0; i < readable; i++) {
            dst.putAt(i, src.get(i));
            if (src.get(i) == 0) {
                return i;
            }
        }
        return readable == count ? count : -Errno.EFAULT;
    }

    /**
     * How long text of a process is, with its 0 byte.
     *
     * <p>Context: process. Sleeps.
     *
     * @return the length, a number above {@code n} if it is longer than that, or 0 after a fault
     */
    @KernelFunction(header = "linux/uaccess.h", sleeps = ALWAYS, simplified = PAGES)
    public static long strnlen_user(@Nullable UserPointer str, long n) {
        if (str == null || n <= 0) {
            return 0;
        }
        long readable = str.readable(n);
        for (long i = 0; i < readable; i++) {
            if (str.get(i) == 0) {
                return i + 1;
            }
        }
        return readable == n ? n + 1 : 0;
    }

    /**
     * Allocates memory for a copy of {@code len} bytes of a process.
     *
     * <p>Context: process. Sleeps.
     *
     * @return the copy, or an error pointer: {@code -ENOMEM}, {@code -EFAULT}
     */
    @KernelFunction(header = "linux/string.h", sleeps = ALWAYS, pairsWith = "kfree", simplified = PAGES)
    public static Pointer memdup_user(@Nullable UserPointer src, @CType("size_t") long len) {
        return duplicate(src, len, len);
    }

    /**
     * Allocates memory for a copy of {@code len} bytes of a process with a 0 byte behind it.
     *
     * <p>Context: process. Sleeps.
     *
     * @return the copy, or an error pointer: {@code -ENOMEM}, {@code -EFAULT}
     */
    @KernelFunction(header = "linux/string.h", sleeps = ALWAYS, pairsWith = "kfree", simplified = PAGES)
    public static Pointer memdup_user_nul(@Nullable UserPointer src, @CType("size_t") long len) {
        return duplicate(src, len, len + 1);
    }

    private static Pointer duplicate(@Nullable UserPointer src, long len, long size) {
        long readable = src == null || len < 0 ? 0 : src.readable(len);
        if (len >= 0 && readable < len) {
            return Pointer.error(-Errno.EFAULT);
        }
        Pointer copy = Slab.bytes(size, "kfree()");
        if (copy == null) {
            return Pointer.error(-Errno.ENOMEM);
        }
        for (long i = 0; src != null && i < len; i++) {
            copy.putAt(i, src.get(i));
        }
        return copy;
    }
}
