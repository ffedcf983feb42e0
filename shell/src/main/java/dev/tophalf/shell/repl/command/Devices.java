package dev.tophalf.shell.repl.command;

import dev.tophalf.linux.Device.device_driver;
import dev.tophalf.linux.PlatformDevice.platform_device;
import dev.tophalf.linux.kernel.PlatformBus;
import dev.tophalf.runtime.hw.Action;
import dev.tophalf.runtime.irq.IrqLine;
import dev.tophalf.runtime.machine.Board.Part;
import dev.tophalf.runtime.script.dialect.source.Spelling;
import dev.tophalf.shell.repl.text.Table;
import dev.tophalf.shell.world.WorldException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows the peripherals: where they are, who drives them, their registers, what can be done to them. */
final class Devices extends PromptCommand {
    Devices() {
        super(
                "devices",
                "[LABEL...]",
                "show the peripherals: place, driver, registers, actions",
                Completion.PERIPHERAL);
    }

    @Override
    int run(Session session, Typed typed) {
        List<Part> parts = new ArrayList<>();
        typed.words().forEach(label -> parts.add(part(session, label)));
        for (Part part : typed.words().isEmpty() ? session.simulation().board().parts() : parts) {
            lines(session, part).forEach(session.console()::line);
        }
        return 0;
    }

    private static Part part(Session session, String label) {
        Part part = session.simulation().board().part(label);
        if (part == null) {
            List<String> labels = new ArrayList<>();
            session.simulation().board().labels().forEach(labels::add);
            throw new WorldException("devices: no peripheral '" + label + "'" + Spelling.hint(label, labels));
        }
        return part;
    }

    /** Everything about one peripheral. */
    static List<String> lines(Session session, Part part) {
        List<String> lines = new ArrayList<>();
        lines.add(part.label() + ": " + String.join(", ", part.node().compatible()));
        Table table = new Table();
        device(session, part, table);
        IrqLine line = part.line();
        if (line != null) {
            table.row("  irq", Integer.toString(line.irq()));
        }
        String heading = "  registers";
        for (String register : part.peripheral().registers().describe().split("\n", -1)) {
            table.row(heading, register);
            heading = "";
        }
        for (Action action : part.peripheral().actions()) {
            String words = action.usage().isEmpty() ? action.name() : action.name() + " " + action.usage();
            table.row("  " + words, action.description());
        }
        lines.addAll(table.lines());
        return lines;
    }

    private static void device(Session session, Part part, Table table) {
        for (platform_device device : PlatformBus.of(session.simulation()).devices()) {
            if (device.part().equals(part)) {
                table.row("  device", device.dev.directory().path());
                @Nullable device_driver driver = device.dev.driver;
                table.row("  driver", driver == null ? "none" : driver.name);
            }
        }
    }
}
