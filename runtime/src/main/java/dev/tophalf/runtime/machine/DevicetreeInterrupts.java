package dev.tophalf.runtime.machine;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Longs;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code interrupts} and {@code interrupts-extended}.
 *
 * <p>The controller of a bare {@code interrupts} is found as the kernel's {@code of_irq_find_parent()} does: up the
 * tree, by {@code interrupt-parent} where there is one, until a node has {@code #interrupt-cells}. Maps
 * ({@code interrupt-map}) are not followed.
 */
final class DevicetreeInterrupts {
    private static final String PARENT = "interrupt-parent";
    private static final String CELLS = "#interrupt-cells";
    private static final String PLAIN = "interrupts";
    private static final String EXTENDED = "interrupts-extended";

    private DevicetreeInterrupts() {}

    static ImmutableList<DevicetreeInterrupt> of(DevicetreeNode node) {
        Optional<DevicetreeProperty> extended = node.property(EXTENDED);
        if (extended.isPresent()) {
            return extended(node.tree(), extended.get());
        }
        return node.property(PLAIN).map(property -> plain(node, property)).orElse(ImmutableList.of());
    }

    static Optional<DevicetreeNode> parentOf(DevicetreeNode node) {
        Set<DevicetreeNode> visited = new LinkedHashSet<>();
        DevicetreeNode at = node;
        while (visited.add(at)) {
            Optional<DevicetreeProperty> property = at.property(PARENT);
            Optional<DevicetreeNode> next = property.isPresent()
                    ? Optional.of(controller(
                            node.tree(), property.get(), at.cell(PARENT).orElse(0)))
                    : at.parent();
            if (next.isEmpty() || next.get().hasProperty(CELLS)) {
                return next;
            }
            at = next.get();
        }
        return Optional.empty();
    }

    private static ImmutableList<DevicetreeInterrupt> plain(DevicetreeNode node, DevicetreeProperty property) {
        DevicetreeNode controller = parentOf(node)
                .orElseThrow(() -> new DevicetreeException(
                        property.position(),
                        "expected 'interrupt-parent' in '" + node.path() + "' or above, found none for 'interrupts'"));
        ImmutableList.Builder<DevicetreeInterrupt> interrupts = ImmutableList.builder();
        int length = cellsOf(controller, property);
        for (long[] specifier : DevicetreeAddresses.entries(property, length, CELLS + " of " + controller)) {
            interrupts.add(interrupt(controller, specifier));
        }
        return interrupts.build();
    }

    private static ImmutableList<DevicetreeInterrupt> extended(Devicetree tree, DevicetreeProperty property) {
        long[] cells = property.cells();
        ImmutableList.Builder<DevicetreeInterrupt> interrupts = ImmutableList.builder();
        int next = 0;
        while (next < cells.length) {
            DevicetreeNode controller = controller(tree, property, cells[next]);
            int end = next + 1 + cellsOf(controller, property);
            if (end > cells.length) {
                throw new DevicetreeException(
                        property.position(),
                        "expected " + (end - next - 1) + " cells after each reference to '" + controller.path()
                                + "', found " + (cells.length - next - 1));
            }
            interrupts.add(interrupt(controller, Arrays.copyOfRange(cells, next + 1, end)));
            next = end;
        }
        return interrupts.build();
    }

    private static DevicetreeInterrupt interrupt(DevicetreeNode controller, long[] specifier) {
        return new DevicetreeInterrupt(controller, ImmutableList.copyOf(Longs.asList(specifier)));
    }

    private static DevicetreeNode controller(Devicetree tree, DevicetreeProperty property, long phandle) {
        return tree.byPhandle(phandle)
                .orElseThrow(() -> new DevicetreeException(
                        property.position(),
                        "expected the phandle of a node in '" + property.name() + "', found " + phandle));
    }

    private static int cellsOf(DevicetreeNode controller, DevicetreeProperty user) {
        long cells = controller.cell(CELLS).orElse(0);
        if (cells < 1 || cells > 16) {
            throw new DevicetreeException(
                    user.position(),
                    "expected " + CELLS + " of 1 to 16 in '" + controller.path() + "', found " + cells);
        }
        return (int) cells;
    }
}
