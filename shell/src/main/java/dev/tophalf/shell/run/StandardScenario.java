package dev.tophalf.shell.run;

import dev.tophalf.linux.Device.device_driver;
import dev.tophalf.linux.PlatformDevice.platform_device;
import dev.tophalf.linux.kernel.PlatformBus;
import dev.tophalf.runtime.Simulation.Exit;
import dev.tophalf.runtime.hw.Action;
import dev.tophalf.runtime.trace.Site;
import dev.tophalf.runtime.vfs.VirtualFile;
import dev.tophalf.shell.world.World;
import dev.tophalf.shell.world.WorldException;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a tester does who knows nothing about a driver: use every file and every button of what it drives, take the
 * device away and give it back, and use it again. An impatient one then does all of that at once.
 */
final class StandardScenario implements Scenario {
    private final World world;
    private final PlatformBus bus;
    private final boolean impatient;

    StandardScenario(World world, boolean impatient) {
        this.world = world;
        this.impatient = impatient;
        this.bus = PlatformBus.of(world.simulation());
    }

    @Override
    public void play() throws ScenarioException {
        for (platform_device device : bus.devices()) {
            device_driver driver = device.dev.driver;
            if (driver != null) {
                exercise(device, "/sys/bus/platform/drivers/" + driver.name);
            }
        }
    }

    private static boolean isBound(platform_device device) {
        return device.dev.driver != null;
    }

    private void exercise(platform_device device, String driver) throws ScenarioException {
        String name = device.dev.name();
        read(device);
        for (String path : attributes(device, VirtualFile::isWritable)) {
            attempt(() -> world.write("1\n", path));
        }
        press(device);
        read(device);
        attempt(() -> world.write(name, driver + "/unbind"));
        attempt(() -> world.write(name, driver + "/bind"));
        if (isBound(device)) {
            press(device);
            read(device);
        }
        if (impatient && isBound(device)) {
            useAtOnce(device);
            attempt(world::waitForAll);
            useAtOnce(device);
            attempt(() -> world.startWrite(name, driver + "/unbind"));
            attempt(world::waitForAll);
            attempt(() -> world.write(name, driver + "/bind"));
        }
    }

    private void useAtOnce(platform_device device) throws ScenarioException {
        for (String path : attributes(device, VirtualFile::isReadable)) {
            attempt(() -> world.startCat(path));
        }
        for (String path : attributes(device, VirtualFile::isWritable)) {
            attempt(() -> world.startWrite("1\n", path));
        }
        press(device, world::startAct);
    }

    private void read(platform_device device) throws ScenarioException {
        for (String path : attributes(device, VirtualFile::isReadable)) {
            attempt(() -> world.cat(path));
        }
    }

    private static List<String> attributes(platform_device device, Predicate<VirtualFile> which) {
        return device.dev.directory().children().stream()
                .filter(node -> node instanceof VirtualFile file && which.test(file))
                .map(node -> node.path())
                .toList();
    }

    private void press(platform_device device) throws ScenarioException {
        press(device, world::act);
    }

    private interface Hand {
        void act(String label, String action, List<String> words);
    }

    private static void press(platform_device device, Hand hand) throws ScenarioException {
        String label = device.part().label();
        for (Action action : device.part().peripheral().actions()) {
            if (action.usage().isEmpty()) {
                attempt(() -> hand.act(label, action.name(), List.of()));
            }
        }
    }

    /** Does one thing. A driver may refuse it; the kernel may not kill who asked. */
    private static void attempt(Runnable step) throws ScenarioException {
        try {
            step.run();
        } catch (WorldException refused) {
            if (refused.exit() != Exit.DONE) {
                throw new ScenarioException(String.valueOf(refused.getMessage()), refused, Site.NONE, "");
            }
        }
    }
}
