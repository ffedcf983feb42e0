package dev.tophalf.shell.run;

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
 * device away and give it back, and use it again.
 */
final class StandardScenario implements Scenario {
    private final World world;
    private final PlatformBus bus;

    StandardScenario(World world) {
        this.world = world;
        this.bus = PlatformBus.of(world.simulation());
    }

    @Override
    public void play() throws ScenarioException {
        for (platform_device device : bus.devices()) {
            if (isBound(device)) {
                exercise(device);
            }
        }
    }

    private static boolean isBound(platform_device device) {
        return device.dev.driver != null;
    }

    private void exercise(platform_device device) throws ScenarioException {
        read(device);
        for (String path : attributes(device, VirtualFile::isWritable)) {
            attempt(() -> world.write("1\n", path));
        }
        press(device);
        read(device);
        bindAgain(device);
        if (isBound(device)) {
            press(device);
            read(device);
        }
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
        String label = device.part().label();
        for (Action action : device.part().peripheral().actions()) {
            if (action.usage().isEmpty()) {
                attempt(() -> world.act(label, action.name(), List.of()));
            }
        }
    }

    private void bindAgain(platform_device device) throws ScenarioException {
        if (device.dev.driver != null) {
            String driver = "/sys/bus/platform/drivers/" + device.dev.driver.name;
            attempt(() -> world.write(device.dev.name(), driver + "/unbind"));
            attempt(() -> world.write(device.dev.name(), driver + "/bind"));
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
