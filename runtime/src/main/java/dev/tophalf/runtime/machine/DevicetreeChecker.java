package dev.tophalf.runtime.machine;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * Reads the addresses and interrupts of every node once, so that a mistake in them shows at once, and notes what is odd:
 * it has a meaning, though perhaps not the one that was meant.
 */
final class DevicetreeChecker {
    private static final String REG = "reg";
    private static final String RANGES = "ranges";

    private final Devicetree tree;

    DevicetreeChecker(Devicetree tree) {
        this.tree = tree;
    }

    void check() {
        for (DevicetreeNode node : tree.nodes()) {
            checkUnitAddress(node);
            checkCellCounts(node);
            checkRanges(node);
            node.interrupts();
        }
    }

    private void checkUnitAddress(DevicetreeNode node) {
        Optional<DevicetreeNode> bus = node.parent();
        Optional<DevicetreeProperty> addresses = addresses(node);
        Optional<String> given = node.unitAddress();
        if (bus.isEmpty() || (given.isEmpty() && addresses.isEmpty())) {
            return;
        }
        if (addresses.isEmpty()) {
            warn(node, "has the unit address '" + given.get() + "', but no 'reg'");
        } else if (given.isEmpty()) {
            warn(node, "has '" + addresses.get().name() + "', but no unit address");
        } else {
            compare(node, given.get(), addresses.get(), DevicetreeAddresses.addressCells(bus.get()));
        }
    }

    private static Optional<DevicetreeProperty> addresses(DevicetreeNode node) {
        return node.property(REG)
                .or(() ->
                        node.property(RANGES).filter(ranges -> !ranges.values().isEmpty()));
    }

    /** A unit address with a comma, or on a bus with three address cells, has a form of its own (USB, PCI). */
    private void compare(DevicetreeNode node, String given, DevicetreeProperty addresses, int addressCells) {
        long[] cells = addresses.cells();
        if (given.indexOf(',') >= 0 || addressCells < 1 || addressCells > 2 || cells.length < addressCells) {
            return;
        }
        long address = addressCells == 1 ? cells[0] : cells[0] << 32 | cells[1];
        if (addresses.name().equals(REG) && !given.equals(Long.toHexString(address))) {
            warn(node, "has the unit address '" + given + "', but 'reg' begins with 0x" + Long.toHexString(address));
        }
    }

    private void checkCellCounts(DevicetreeNode bus) {
        boolean hasRegBelow = bus.children().stream().anyMatch(child -> child.hasProperty(REG));
        if (hasRegBelow && (!bus.hasProperty("#address-cells") || !bus.hasProperty("#size-cells"))) {
            warn(bus, "has children with 'reg', but not both #address-cells and #size-cells (unless given: 2 and 1)");
        }
    }

    private void checkRanges(DevicetreeNode node) {
        Optional<DevicetreeNode> bus = node.parent();
        ImmutableList<DevicetreeReg> busReg = DevicetreeAddresses.busReg(node);
        if (bus.isEmpty() || bus.get().cells(RANGES).length == 0 || DevicetreeAddresses.addressCells(bus.get()) > 2) {
            return;
        }
        for (DevicetreeReg reg : busReg) {
            if (DevicetreeAddresses.passOn(bus.get(), reg.address()).isEmpty()) {
                String address = "0x" + Long.toHexString(reg.address());
                warn(
                        node,
                        "has 'reg' at " + address + ", outside of the 'ranges' of '"
                                + bus.get().path() + "'");
            }
        }
    }

    private void warn(DevicetreeNode node, String problem) {
        tree.warn(node.position(), "node '" + node.path() + "' " + problem);
    }
}
