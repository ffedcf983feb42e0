package dev.tophalf.linux;

import static dev.tophalf.runtime.contract.Sleeps.ALWAYS;

import dev.tophalf.linux.kernel.AttributeFile;
import dev.tophalf.linux.kernel.Devres;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.DefinitionMacro.Derived;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.memory.KernelStruct;
import dev.tophalf.runtime.memory.Pointer;
import dev.tophalf.runtime.memory.Resource;
import dev.tophalf.runtime.sched.WaitQueue;
import dev.tophalf.runtime.trace.Values;
import dev.tophalf.runtime.vfs.Directory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code linux/device.h}: devices, their drivers' data and their files. */
public final class Device {
    private Device() {}

    /** A device, as the driver core sees it. */
    @KernelType(header = "linux/device.h")
    public static final class device extends KernelStruct implements Values.Described {
        /** The device that this one is below, or null. */
        public @Nullable device parent;
        /** The driver that is bound to it, or null. */
        public @Nullable device_driver driver;

        private final String name;
        private final Directory directory;
        private final Devres devres = new Devres();
        private final Map<String, Resource> attributes = new LinkedHashMap<>();
        private final WaitQueue unlocked = new WaitQueue(Simulation.current().scheduler());
        private boolean locked;
        private @Nullable Object driverData;

        /** A device of that name, with its files in {@code directory}. */
        public device(String name, Directory directory) {
            this.name = name;
            this.directory = directory;
        }

        /** Its name, as messages and paths have it. */
        public String name() {
            return name;
        }

        /** Where its files are. */
        public Directory directory() {
            return directory;
        }

        /** Runs {@code body} while nobody else binds or unbinds the device: what {@code device_lock()} is for. */
        public <T> T locked(Supplier<T> body) {
            unlocked.await("the lock of device " + name, () -> !locked);
            locked = true;
            try {
                return body.get();
            } finally {
                locked = false;
                unlocked.wakeAll();
            }
        }

        /** What is released when its driver lets go of it. */
        public Devres devres() {
            return devres;
        }

        /** Driver and device, as messages about it begin. */
        public String printedName() {
            return driver == null ? name : driver.name + " " + name;
        }

        /** Forgets what the driver stored, as the core does after unbinding. */
        public void clearDriverData() {
            driverData = null;
        }

        @Override
        public String describe() {
            return name;
        }
    }

    /** What all drivers have in common. */
    @KernelType(header = "linux/device/driver.h")
    public static final class device_driver extends KernelStruct {
        /** The driver's name. */
        public String name = "";
        /** The {@code compatible} strings of the devices it drives, or null. */
        public String @Nullable [] of_match_table;
        /** The attributes that its devices get while they are bound, or null. */
        public device_attribute @Nullable [] dev_groups;
    }

    /** Fills {@code buf}, a page, for a reader. Returns how many bytes, or a negative error code. */
    @KernelType(header = "linux/device.h")
    @FunctionalInterface
    public interface show_t {
        /** Called in the reading process. */
        long show(device dev, device_attribute attr, Pointer buf);
    }

    /** Takes {@code count} bytes from a writer. Returns how many it used, or a negative error code. */
    @KernelType(header = "linux/device.h")
    @FunctionalInterface
    public interface store_t {
        /** Called in the writing process. */
        long store(device dev, device_attribute attr, Pointer buf, long count);
    }

    /** A file of a device. */
    @KernelType(header = "linux/device.h")
    public static final class device_attribute extends KernelStruct implements Values.Described {
        /** The file's name. */
        public String name = "";
        /** Permission bits. */
        public int mode;
        /** Serves readers, or null. */
        public @Nullable show_t show;
        /** Serves writers, or null. */
        public @Nullable store_t store;

        @Override
        public String describe() {
            return "dev_attr_" + name;
        }
    }

    private static device_attribute attribute(String name, int mode, @Nullable show_t show, @Nullable store_t store) {
        device_attribute attribute = new device_attribute();
        attribute.name = name;
        attribute.mode = mode;
        attribute.show = show;
        attribute.store = store;
        return attribute;
    }

    /** Defines {@code dev_attr_NAME}, read by {@code NAME_show()}. */
    @DefinitionMacro(header = "linux/device.h", declares = "dev_attr_%s")
    public static device_attribute DEVICE_ATTR_RO(@Name String name, @Derived("%s_show") show_t show) {
        return attribute(name, 0444, show, null);
    }

    /** Defines {@code dev_attr_NAME}, written by {@code NAME_store()}. */
    @DefinitionMacro(header = "linux/device.h", declares = "dev_attr_%s")
    public static device_attribute DEVICE_ATTR_WO(@Name String name, @Derived("%s_store") store_t store) {
        return attribute(name, 0200, null, store);
    }

    /** Defines {@code dev_attr_NAME}, read by {@code NAME_show()} and written by {@code NAME_store()}. */
    @DefinitionMacro(header = "linux/device.h", declares = "dev_attr_%s")
    public static device_attribute DEVICE_ATTR_RW(
            @Name String name, @Derived("%s_show") show_t show, @Derived("%s_store") store_t store) {
        return attribute(name, 0644, show, store);
    }

    /** {@code dev}, which must not be null: what every function that follows the pointer asks. */
    public static device require(@Nullable device dev, String call) {
        if (dev == null) {
            throw DriverBug.nullPointer(call);
        }
        return dev;
    }

    /**
     * What the driver stored with {@link #dev_set_drvdata}, or null.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/device.h")
    public static @Nullable Object dev_get_drvdata(device dev) {
        return require(dev, "dev_get_drvdata()").driverData;
    }

    /**
     * Stores the driver's data of a device.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/device.h")
    public static void dev_set_drvdata(device dev, @Nullable Object data) {
        require(dev, "dev_set_drvdata()").driverData = data;
    }

    /**
     * The device's name.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/device.h")
    public static String dev_name(device dev) {
        return require(dev, "dev_name()").name;
    }

    /**
     * Gives a device a file.
     *
     * <p>Context: process. Sleeps.
     *
     * @return 0, or {@code -EEXIST} if the name is taken
     */
    @KernelFunction(header = "linux/device.h", sleeps = ALWAYS, pairsWith = "device_remove_file")
    public static int device_create_file(device dev, device_attribute attr) {
        device owner = require(dev, "device_create_file()");
        AttributeFile file = new AttributeFile(owner, attr);
        if (!owner.directory.add(file)) {
            Simulation.current()
                    .log(
                            4,
                            "sysfs: cannot create duplicate filename '" + owner.directory.path() + "/" + attr.name
                                    + "'");
            return -Errno.EEXIST;
        }
        Simulation now = Simulation.current();
        String description = "attribute " + attr.name + " of " + owner.name;
        owner.attributes.put(
                attr.name,
                now.resources().acquire("attribute", description, "device_remove_file()", now.site(), file::remove));
        return 0;
    }

    /**
     * Takes a file from a device, waiting for whoever uses it.
     *
     * <p>Context: process. Sleeps. Not from the file's own functions.
     */
    @KernelFunction(header = "linux/device.h", sleeps = ALWAYS, pairsWith = "device_create_file")
    public static void device_remove_file(device dev, device_attribute attr) {
        device owner = require(dev, "device_remove_file()");
        Resource resource = owner.attributes.remove(attr.name);
        if (resource != null) {
            Simulation now = Simulation.current();
            resource.reclaim();
            now.resources().release(resource, now.site());
        }
    }
}
