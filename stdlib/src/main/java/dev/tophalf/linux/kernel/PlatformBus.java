package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Device.device;
import dev.tophalf.linux.Device.device_attribute;
import dev.tophalf.linux.Errno;
import dev.tophalf.linux.PlatformDevice.platform_device;
import dev.tophalf.linux.PlatformDevice.platform_driver;
import dev.tophalf.linux.PlatformDevice.platform_probe_t;
import dev.tophalf.linux.PlatformDevice.platform_remove_t;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.contract.DriverEntry;
import dev.tophalf.runtime.machine.Board.Part;
import dev.tophalf.runtime.machine.DevicetreeNode;
import dev.tophalf.runtime.machine.DevicetreeReg;
import dev.tophalf.runtime.memory.Resource;
import dev.tophalf.runtime.vfs.Directory;
import dev.tophalf.runtime.vfs.FileException;
import dev.tophalf.runtime.vfs.FileTree;
import dev.tophalf.runtime.vfs.Node;
import dev.tophalf.runtime.vfs.Symlink;
import dev.tophalf.runtime.vfs.VirtualFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The platform bus: which devices there are, which drivers, and who drives what ({@code drivers/base/dd.c}). */
public final class PlatformBus {
    private static final String BUS = "/sys/bus/platform";

    private final Simulation simulation;
    private final FileTree files;
    private final List<platform_device> devices = new ArrayList<>();
    private final Map<device, Part> parts = new LinkedHashMap<>();
    private final Map<String, Registration> drivers = new LinkedHashMap<>();
    private final List<DevicetreeReg> claimed = new ArrayList<>();

    private record Registration(platform_driver driver, Directory directory, Resource resource) {}

    private PlatformBus(Simulation simulation) {
        this.simulation = simulation;
        this.files = Files.of(simulation);
    }

    /** The platform bus of {@code simulation}. */
    public static PlatformBus of(Simulation simulation) {
        return simulation.part(PlatformBus.class, PlatformBus::new);
    }

    /** Adds a device for each peripheral of the machine. */
    public void populate() {
        Directory directory = files.directory(BUS + "/devices");
        files.directory(BUS + "/drivers");
        for (Part part : simulation.board().parts()) {
            String name = deviceName(part.node());
            device dev = new device(name, files.directory("/sys/devices/platform/" + name));
            platform_device pdev = new platform_device(dev, part);
            devices.add(pdev);
            parts.put(dev, part);
            directory.add(new Symlink(name, dev.directory()));
        }
    }

    /** As {@code of_device_make_bus_id()} does: the address and the node's name. */
    private static String deviceName(DevicetreeNode node) {
        String address = Long.toHexString(node.reg().get(0).address());
        return address + "." + node.baseName();
    }

    /** The devices, in the order of the machine's description. */
    public List<platform_device> devices() {
        return List.copyOf(devices);
    }

    /** The hardware that {@code dev} stands for, or null if it is none of this bus. */
    @Nullable
    Part part(device dev) {
        return parts.get(dev);
    }

    /** Claims a range of addresses; false if it is claimed. */
    public boolean claim(DevicetreeReg range) {
        return !claimed.contains(range) && claimed.add(range);
    }

    /** Gives a range of addresses back. */
    public void release(DevicetreeReg range) {
        claimed.remove(range);
    }

    /**
     * Registers a driver and binds it to what it matches.
     *
     * @param undo the call that unregisters it
     * @return 0 or {@code -EBUSY}
     */
    public int register(platform_driver driver, String undo) {
        String name = driver.driver.name;
        if (name.isEmpty()) {
            throw DriverBug.nullPointer("platform_driver_register() of a driver without a name");
        }
        if (drivers.containsKey(name)) {
            simulation.log(3, "Error: Driver '" + name + "' is already registered, aborting...");
            return -Errno.EBUSY;
        }
        Directory directory = files.directory(BUS + "/drivers").directory(name);
        Resource resource = simulation
                .resources()
                .acquire("driver", "driver " + name, undo, simulation.site(), () -> unregister(driver));
        drivers.put(name, new Registration(driver, directory, resource));
        directory.add(new BindFile("bind", this, driver));
        directory.add(new BindFile("unbind", this, driver));
        for (platform_device device : devices) {
            bindIfFree(driver, device);
        }
        return 0;
    }

    /** Unbinds a driver from its devices and forgets it. */
    public void unregister(platform_driver driver) {
        Registration registration = drivers.get(driver.driver.name);
        if (registration == null || registration.driver() != driver) {
            return;
        }
        for (int i = devices.size() - 1; i >= 0; i--) {
            unbindIfBound(driver, devices.get(i));
        }
        drivers.remove(driver.driver.name);
        registration.directory().detach();
        simulation.resources().release(registration.resource(), simulation.site());
    }

    private static boolean matches(platform_driver driver, platform_device device) {
        String[] table = driver.driver.of_match_table;
        if (table != null) {
            for (String compatible : table) {
                if (device.part().node().compatible().contains(compatible)) {
                    return true;
                }
            }
        }
        return driver.driver.name.equals(device.name);
    }

    /** Lets {@code driver} drive {@code device} if nobody does. Returns 0 or what it failed with. */
    private int bindIfFree(platform_driver driver, platform_device device) {
        return device.dev.locked(
                () -> device.dev.driver == null && matches(driver, device) ? bind(driver, device) : -Errno.ENODEV);
    }

    /** Takes {@code driver} off {@code device}; false if it does not drive it. */
    private boolean unbindIfBound(platform_driver driver, platform_device device) {
        return device.dev.locked(() -> {
            if (device.dev.driver != driver.driver) {
                return false;
            }
            unbind(driver, device);
            return true;
        });
    }

    /** Lets {@code driver} drive {@code device}. Returns 0 or what probing failed with. */
    private int bind(platform_driver driver, platform_device device) {
        device dev = device.dev;
        dev.driver = driver.driver;
        platform_probe_t probe = driver.probe;
        int error = probe == null ? 0 : DriverEntry.call("probe", probe, () -> probe.probe(device));
        if (error != 0) {
            forget(dev);
            if (error != -Errno.ENODEV && error != -Errno.ENXIO && error != -Errno.EPROBE_DEFER) {
                simulation.log(
                        3, dev.name() + ": probe with driver " + driver.driver.name + " failed with error " + error);
            }
            return error;
        }
        dev.directory().add(new Symlink("driver", directoryOf(driver)));
        directoryOf(driver).add(new Symlink(dev.name(), dev.directory()));
        device_attribute[] attributes = driver.driver.dev_groups;
        if (attributes != null) {
            for (device_attribute attribute : attributes) {
                dev.directory().add(new AttributeFile(dev, attribute));
            }
        }
        return 0;
    }

    private void unbind(platform_driver driver, platform_device device) {
        device dev = device.dev;
        device_attribute[] attributes = driver.driver.dev_groups;
        if (attributes != null) {
            for (device_attribute attribute : attributes) {
                detach(dev.directory().child(attribute.name));
            }
        }
        detach(dev.directory().child("driver"));
        detach(directoryOf(driver).child(dev.name()));
        platform_remove_t remove = driver.remove;
        if (remove != null) {
            DriverEntry.run("remove", remove, () -> remove.remove(device));
        }
        forget(dev);
    }

    private static void detach(@Nullable Node node) {
        if (node instanceof AttributeFile file) {
            file.remove();
        } else if (node != null) {
            node.detach();
        }
    }

    private static void forget(device dev) {
        dev.devres().releaseAll();
        dev.driver = null;
        dev.clearDriverData();
    }

    private Directory directoryOf(platform_driver driver) {
        return files.directory(BUS + "/drivers").directory(driver.driver.name);
    }

    /** A file of a driver that takes a device's name and binds or unbinds it. */
    private static final class BindFile extends VirtualFile {
        private final PlatformBus bus;
        private final platform_driver driver;

        BindFile(String name, PlatformBus bus, platform_driver driver) {
            super(name, 0200);
            this.bus = bus;
            this.driver = driver;
        }

        @Override
        public String read() throws FileException {
            throw Files.error(Errno.EIO);
        }

        @Override
        public void write(String content) throws FileException {
            boolean binds = name().equals("bind");
            int error = -Errno.ENODEV;
            for (platform_device device : bus.devices) {
                if (device.name.equals(content.strip())) {
                    error = binds ? bus.bindIfFree(driver, device) : bus.unbindIfBound(driver, device) ? 0 : error;
                }
            }
            if (error != 0) {
                throw Files.error(-error);
            }
        }
    }
}
