package dev.tophalf.linux;

import dev.tophalf.linux.kernel.Messages;
import dev.tophalf.runtime.contract.KernelFunction;
import org.jspecify.annotations.Nullable;

/** {@code linux/printk.h}: messages to the kernel log. */
public final class Printk {
    public static final String KERN_EMERG = "\u00010";
    public static final String KERN_ALERT = "\u00011";
    public static final String KERN_CRIT = "\u00012";
    public static final String KERN_ERR = "\u00013";
    public static final String KERN_WARNING = "\u00014";
    public static final String KERN_NOTICE = "\u00015";
    public static final String KERN_INFO = "\u00016";
    public static final String KERN_DEBUG = "\u00017";

    private Printk() {}

    /**
     * Logs a message; the format may begin with a level, as in {@code KERN_INFO + 'text'}.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number of characters
     */
    @KernelFunction(header = "linux/printk.h", nmi = true)
    public static int printk(String fmt, @Nullable Object... args) {
        return Messages.logWithLevel(Messages.text(fmt, args));
    }

    /**
     * Logs a message: the system is unusable.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number of characters
     */
    @KernelFunction(header = "linux/printk.h", nmi = true)
    public static int pr_emerg(String fmt, @Nullable Object... args) {
        return Messages.log(0, Messages.text(fmt, args));
    }

    /**
     * Logs a message: action must be taken at once.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number of characters
     */
    @KernelFunction(header = "linux/printk.h", nmi = true)
    public static int pr_alert(String fmt, @Nullable Object... args) {
        return Messages.log(1, Messages.text(fmt, args));
    }

    /**
     * Logs a message: a critical condition.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number of characters
     */
    @KernelFunction(header = "linux/printk.h", nmi = true)
    public static int pr_crit(String fmt, @Nullable Object... args) {
        return Messages.log(2, Messages.text(fmt, args));
    }

    /**
     * Logs a message: an error.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number of characters
     */
    @KernelFunction(header = "linux/printk.h", nmi = true)
    public static int pr_err(String fmt, @Nullable Object... args) {
        return Messages.log(3, Messages.text(fmt, args));
    }

    /**
     * Logs a message: a warning.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number of characters
     */
    @KernelFunction(header = "linux/printk.h", nmi = true)
    public static int pr_warn(String fmt, @Nullable Object... args) {
        return Messages.log(4, Messages.text(fmt, args));
    }

    /**
     * Logs a message: normal but significant.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number of characters
     */
    @KernelFunction(header = "linux/printk.h", nmi = true)
    public static int pr_notice(String fmt, @Nullable Object... args) {
        return Messages.log(5, Messages.text(fmt, args));
    }

    /**
     * Logs a message: information.
     *
     * <p>Context: any, NMI included.
     *
     * @return the number of characters
     */
    @KernelFunction(header = "linux/printk.h", nmi = true)
    public static int pr_info(String fmt, @Nullable Object... args) {
        return Messages.log(6, Messages.text(fmt, args));
    }

    /**
     * Logs a debugging message, which is off until somebody turns it on.
     *
     * <p>Context: any, NMI included.
     *
     * @return 0
     */
    @KernelFunction(
            header = "linux/printk.h",
            nmi = true,
            simplified = "always off, as in a kernel without DEBUG and dynamic debug")
    public static int pr_debug(String fmt, @Nullable Object... args) {
        Messages.text(fmt, args);
        return 0;
    }
}
