package dev.tophalf.linux;

import dev.tophalf.linux.Device.device;
import dev.tophalf.linux.kernel.Messages;
import dev.tophalf.runtime.contract.ContextKind;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.contract.KernelFunction;
import org.jspecify.annotations.Nullable;

/** {@code linux/dev_printk.h}: messages about a device. */
public final class DevPrintk {
    private DevPrintk() {}

    private static void log(int level, @Nullable device dev, String text) {
        if (dev == null) {
            Messages.log(level, "(NULL device *): " + text);
        } else {
            Messages.log(level, dev.printedName() + ": " + text);
        }
    }

    /**
     * Logs a message about {@code dev}: the system is unusable.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/dev_printk.h")
    public static void dev_emerg(device dev, String fmt, @Nullable Object... args) {
        log(0, dev, Messages.text(fmt, args));
    }

    /**
     * Logs a message about {@code dev}: action must be taken at once.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/dev_printk.h")
    public static void dev_alert(device dev, String fmt, @Nullable Object... args) {
        log(1, dev, Messages.text(fmt, args));
    }

    /**
     * Logs a message about {@code dev}: a critical condition.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/dev_printk.h")
    public static void dev_crit(device dev, String fmt, @Nullable Object... args) {
        log(2, dev, Messages.text(fmt, args));
    }

    /**
     * Logs a message about {@code dev}: an error.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/dev_printk.h")
    public static void dev_err(device dev, String fmt, @Nullable Object... args) {
        log(3, dev, Messages.text(fmt, args));
    }

    /**
     * Logs a message about {@code dev}: a warning.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/dev_printk.h")
    public static void dev_warn(device dev, String fmt, @Nullable Object... args) {
        log(4, dev, Messages.text(fmt, args));
    }

    /**
     * Logs a message about {@code dev}: normal but significant.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/dev_printk.h")
    public static void dev_notice(device dev, String fmt, @Nullable Object... args) {
        log(5, dev, Messages.text(fmt, args));
    }

    /**
     * Logs a message about {@code dev}: information.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/dev_printk.h")
    public static void dev_info(device dev, String fmt, @Nullable Object... args) {
        log(6, dev, Messages.text(fmt, args));
    }

    /**
     * Logs a debugging message about {@code dev}, which is off until somebody turns it on.
     *
     * <p>Context: any.
     */
    @KernelFunction(
            header = "linux/dev_printk.h",
            simplified = "always off, as in a kernel without DEBUG and dynamic debug")
    public static void dev_dbg(device dev, String fmt, @Nullable Object... args) {
        Messages.text(fmt, args);
    }

    /**
     * Logs why probing {@code dev} fails, and returns {@code err}, so that {@code return dev_err_probe(...)} does both.
     *
     * <p>Context: process. Silent for {@code -ENOMEM}, and for {@code -EPROBE_DEFER}, which is only remembered.
     *
     * @return {@code err}
     */
    @KernelFunction(
            header = "linux/dev_printk.h",
            contexts = {ContextKind.PROCESS})
    public static int dev_err_probe(device dev, long err, String fmt, @Nullable Object... args) {
        if (dev == null) {
            throw DriverBug.nullPointer("dev_err_probe()");
        }
        String text = Messages.text(fmt, args);
        if (err != -Errno.EPROBE_DEFER && err != -Errno.ENOMEM) {
            String name = Errno.name((int) -err);
            log(3, dev, "error " + (name == null ? err : "-" + name) + ": " + text);
        }
        return (int) err;
    }
}
