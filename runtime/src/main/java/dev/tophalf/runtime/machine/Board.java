package dev.tophalf.runtime.machine;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.hw.AddressSpace;
import dev.tophalf.runtime.hw.InterruptLine;
import dev.tophalf.runtime.hw.Peripheral;
import dev.tophalf.runtime.hw.Wiring;
import dev.tophalf.runtime.irq.IrqLine;
import dev.tophalf.runtime.irq.Trigger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The peripherals of one running machine, by their labels. */
public final class Board {
    private static final InterruptLine NOWHERE = asserted -> {};

    private final Map<String, Part> parts = new LinkedHashMap<>();

    /**
     * A peripheral in its place.
     *
     * @param line its line at the interrupt controller, or null if it has none
     */
    public record Part(
            String label,
            DevicetreeNode node,
            Peripheral peripheral,
            @Nullable IrqLine line) {}

    void add(DevicetreeNode node, String label, Function<Wiring, Peripheral> model, Simulation simulation) {
        IrqLine line = line(node, simulation);
        InterruptLine wire = line == null ? NOWHERE : line.connect(label);
        Peripheral peripheral = model.apply(new Wiring(label, simulation.clock(), wire));
        if (line != null) {
            line.watchProgress(label, peripheral.registers()::changes);
        }
        for (DevicetreeReg reg : node.reg()) {
            simulation
                    .addressSpace()
                    .map(new AddressSpace.Window(label, reg.address(), reg.size(), peripheral.registers()));
        }
        parts.put(label, new Part(label, node, peripheral, line));
    }

    /**
     * The line of a node's first interrupt. The first number of its specifier is the controller's input, the last one of
     * several the trigger.
     */
    private static @Nullable IrqLine line(DevicetreeNode node, Simulation simulation) {
        if (node.interrupts().isEmpty()) {
            return null;
        }
        List<Long> cells = node.interrupts().get(0).specifier();
        Trigger trigger = cells.size() == 1 ? Trigger.NONE : Trigger.of(cells.get(cells.size() - 1));
        return simulation.irqs().lineOf(cells.get(0), trigger);
    }

    /** The peripherals, in the order of the machine's description. */
    public List<Part> parts() {
        return List.copyOf(parts.values());
    }

    /** The peripheral of that label, or null. */
    public @Nullable Part part(String label) {
        return parts.get(label);
    }

    /** The labels. */
    public Iterable<String> labels() {
        return Collections.unmodifiableSet(parts.keySet());
    }
}
