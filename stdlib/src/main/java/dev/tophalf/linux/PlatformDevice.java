package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;

import dev.tophalf.linux.Device.device;
import dev.tophalf.linux.Device.device_driver;
import dev.tophalf.linux.kernel.Modules;
import dev.tophalf.linux.kernel.PlatformBus;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.machine.Board.Part;
import dev.tophalf.runtime.machine.DevicetreeReg;
import dev.tophalf.runtime.memory.IoPointer;
import dev.tophalf.runtime.memory.IoWindow;
import dev.tophalf.runtime.memory.KernelStruct;
import dev.tophalf.runtime.trace.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code linux/platform_device.h}: devices that the machine's description names, and their drivers. */
public final class PlatformDevice {
    private PlatformDevice() {}

    /** A device that sits at an address, as the machine's description says. */
    @KernelType(header = "linux/platform_device.h")
    public static final class platform_device extends KernelStruct implements Values.Described {
        /** Its name. */
        public final String name;
        /** Its instance number; -1 for the devices of a Devicetree. */
        public final int id = -1;
        /** What all devices have. */
        public final device dev;

        private final Part part;

        /** The device that {@code part} of the machine is. */
        public platform_device(device dev, Part part) {
            this.name = dev.name();
            this.dev = dev;
            this.part = part;
        }

        /** The hardware that it stands for. */
        public Part part() {
            return part;
        }

        @Override
        public String describe() {
            return name;
        }
    }

    /** Starts driving a device. */
    @KernelType(header = "linux/platform_device.h")
    @FunctionalInterface
    public interface platform_probe_t {
        /** Called in process context. Returns 0 or a negative error code. */
        int probe(platform_device pdev);
    }

    /** Stops driving a device. */
    @KernelType(header = "linux/platform_device.h")
    @FunctionalInterface
    public interface platform_remove_t {
        /** Called in process context. */
        void remove(platform_device pdev);
    }

    /** A driver for platform devices. */
    @KernelType(header = "linux/platform_device.h")
    public static final class platform_driver extends KernelStruct implements Values.Described {
        /** Starts driving a device. */
        public @Nullable platform_probe_t probe;
        /** Stops driving a device. */
        public @Nullable platform_remove_t remove;
        /** What all drivers have. */
        public device_driver driver = new device_driver();

        @Override
        public String describe() {
            return driver.name;
        }
    }

    /** Makes a driver the whole of a module: registered when it is loaded, unregistered when it is unloaded. */
    @DefinitionMacro(header = "linux/platform_device.h")
    public static void module_platform_driver(platform_driver drv) {
        Simulation now = Simulation.current();
        PlatformBus bus = PlatformBus.of(now);
        Modules.of(now).define(() -> bus.register(drv, "module_platform_driver()"), () -> bus.unregister(drv));
    }

    /**
     * Registers a driver, and binds it to every device that it matches and that has none.
     *
     * <p>Context: process. Sleeps. May call {@code probe} before it returns.
     *
     * @return 0, or {@code -EBUSY} if a driver of that name is registered
     */
    @KernelFunction(header = "linux/platform_device.h", sleeps = ALWAYS, pairsWith = "platform_driver_unregister")
    public static int platform_driver_register(platform_driver drv) {
        return PlatformBus.of(Simulation.current())
                .register(require(drv, "platform_driver_register()"), "platform_driver_unregister()");
    }

    /**
     * Unbinds a driver from all its devices and forgets it.
     *
     * <p>Context: process. Sleeps.
     */
    @KernelFunction(header = "linux/platform_device.h", sleeps = ALWAYS, pairsWith = "platform_driver_register")
    public static void platform_driver_unregister(platform_driver drv) {
        PlatformBus.of(Simulation.current()).unregister(require(drv, "platform_driver_unregister()"));
    }

    /**
     * The number of the device's {@code num}-th interrupt.
     *
     * <p>Context: process. Sleeps.
     *
     * @return a number above 0, or {@code -ENXIO}, which it logs
     */
    @KernelFunction(header = "linux/platform_device.h", sleeps = ALWAYS)
    public static int platform_get_irq(platform_device pdev, int num) {
        platform_device device = require(pdev, "platform_get_irq()");
        if (num == 0 && device.part().line() != null) {
            return device.part().line().irq();
        }
        Simulation.current().log(3, device.dev.printedName() + ": IRQ index " + num + " not found");
        return -Errno.ENXIO;
    }

    /**
     * Claims and maps the device's {@code index}-th range of registers for as long as the driver is bound to it.
     *
     * <p>Context: process. Sleeps.
     *
     * @return the registers, or an error pointer: {@code -EINVAL} if there is no such range, {@code -EBUSY} if it is
     *     claimed
     */
    @KernelFunction(header = "linux/platform_device.h", sleeps = ALWAYS)
    public static IoPointer devm_platform_ioremap_resource(platform_device pdev, int index) {
        platform_device device = require(pdev, "devm_platform_ioremap_resource()");
        List<DevicetreeReg> ranges = device.part().node().reg();
        if (index < 0 || index >= ranges.size()) {
            Simulation.current().log(3, device.dev.printedName() + ": invalid resource (null)");
            return IoPointer.error(-Errno.EINVAL);
        }
        DevicetreeReg range = ranges.get(index);
        PlatformBus bus = PlatformBus.of(Simulation.current());
        if (!bus.claim(range)) {
            Simulation.current().log(3, device.dev.printedName() + ": can't request region for resource");
            return IoPointer.error(-Errno.EBUSY);
        }
        IoWindow window = new IoWindow(device.part().label(), range.address(), range.size());
        device.dev.devres().add(window, () -> {
            window.unmap();
            bus.release(range);
        });
        return IoPointer.to(window);
    }

    /**
     * Stores the driver's data of a device.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/platform_device.h")
    public static void platform_set_drvdata(platform_device pdev, @Nullable Object data) {
        Device.dev_set_drvdata(require(pdev, "platform_set_drvdata()").dev, data);
    }

    /**
     * What the driver stored with {@link #platform_set_drvdata}, or null.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/platform_device.h")
    public static @Nullable Object platform_get_drvdata(platform_device pdev) {
        return Device.dev_get_drvdata(require(pdev, "platform_get_drvdata()").dev);
    }

    private static <T> T require(@Nullable T given, String call) {
        if (given == null) {
            throw DriverBug.nullPointer(call);
        }
        return given;
    }
}
