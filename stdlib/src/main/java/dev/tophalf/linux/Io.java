package dev.tophalf.linux;

import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.hw.AddressSpace.Window;
import dev.tophalf.runtime.memory.IoPointer;
import dev.tophalf.runtime.memory.IoWindow;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code linux/io.h}: registers. */
public final class Io {
    /** What an access over the bus takes. */
    private static final long ACCESS_NS = 100;

    private Io() {}

    /**
     * Reads a 32-bit register.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/io.h")
    public static long readl(IoPointer addr) {
        Window window = access(addr, "readl()");
        if (window == null) {
            return 0xffff_ffffL;
        }
        return Integer.toUnsignedLong(window.registers().read(offset(addr, window)));
    }

    /**
     * Writes a 32-bit register; the value comes first.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/io.h")
    public static void writel(long value, IoPointer addr) {
        Window window = access(addr, "writel()");
        if (window != null) {
            window.registers().write(offset(addr, window), (int) value);
        }
    }

    private static int offset(IoPointer addr, Window window) {
        return (int) (addr.window().start() + addr.offset() - window.start());
    }

    /** Checks an access; null if no register answers, where a bus reads as ones. */
    private static @Nullable Window access(@Nullable IoPointer addr, String call) {
        if (addr == null) {
            throw DriverBug.nullPointer(call);
        }
        if (addr.errno() != 0) {
            throw new DriverBug(
                    call + " follows the error pointer " + addr, "BUG: unable to handle page fault for address");
        }
        IoWindow mapping = addr.window();
        if (!mapping.isMapped()) {
            throw new DriverBug(
                    call + " of " + addr + " after the registers were unmapped",
                    "BUG: unable to handle page fault for address");
        }
        Simulation now = Simulation.current();
        now.spend(ACCESS_NS);
        if (addr.offset() < 0 || addr.offset() + 4 > mapping.size()) {
            throw new DriverBug(
                    String.format(Locale.ROOT, "%s of %s, past the end of 0x%x bytes", call, addr, mapping.size()),
                    "BUG: unable to handle page fault for address");
        }
        Window window = now.addressSpace().at(mapping.start() + addr.offset());
        if (window == null || addr.offset() % 4 != 0 || !window.registers().has(offset(addr, window))) {
            Misuses.report(
                    "mmio-misuse",
                    call + " of " + addr + ", where there is no register",
                    "",
                    "use the offsets of the data sheet; registers are 4 bytes apart");
            return null;
        }
        return window;
    }
}
