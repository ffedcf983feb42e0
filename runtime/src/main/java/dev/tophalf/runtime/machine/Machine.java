package dev.tophalf.runtime.machine;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.hw.Peripheral;
import dev.tophalf.runtime.hw.Wiring;
import dev.tophalf.runtime.hw.model.Models;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A machine's description, checked: which peripherals it has, at which addresses and on which lines. */
public final class Machine {
    private final Devicetree tree;
    private final List<Placement> placements;

    private record Placement(DevicetreeNode node, String label, Function<Wiring, Peripheral> model) {}

    private Machine(Devicetree tree, List<Placement> placements) {
        this.tree = tree;
        this.placements = placements;
    }

    /**
     * Reads a Devicetree source.
     *
     * @param fileName what messages call it
     * @throws DevicetreeException if the source is wrong, or names a peripheral that there is no model of
     */
    public static Machine parse(String source, String fileName) {
        Devicetree tree = Devicetree.parse(source, fileName);
        List<Placement> placements = new ArrayList<>();
        for (DevicetreeNode node : tree.nodes()) {
            if (node.isEnabled() && node.isMemoryMapped() && !node.compatible().isEmpty() && !isInfrastructure(node)) {
                placements.add(new Placement(node, label(node), model(node)));
            }
        }
        return new Machine(tree, List.copyOf(placements));
    }

    private static boolean isInfrastructure(DevicetreeNode node) {
        return node.hasProperty("interrupt-controller") || node.compatible().contains("simple-bus");
    }

    private static Function<Wiring, Peripheral> model(DevicetreeNode node) {
        for (String compatible : node.compatible()) {
            @Nullable Function<Wiring, Peripheral> model = Models.find(compatible);
            if (model != null) {
                return model;
            }
        }
        throw new DevicetreeException(
                node.position(),
                "no peripheral is '" + String.join("' or '", node.compatible()) + "'; there are: "
                        + String.join(", ", Models.names()));
    }

    private static String label(DevicetreeNode node) {
        return node.labels().isEmpty() ? node.name() : node.labels().get(0);
    }

    /** The description. */
    public Devicetree tree() {
        return tree;
    }

    /** Makes the peripherals for a simulation, and connects them. */
    public Board build(Simulation simulation) {
        Board board = new Board();
        for (Placement placement : placements) {
            board.add(placement.node(), placement.label(), placement.model(), simulation);
        }
        return board;
    }
}
