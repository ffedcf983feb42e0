package dev.tophalf.runtime.machine;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads {@code reg} and {@code ranges} and translates addresses from bus to bus up to the CPU.
 *
 * <p>An entry of {@code ranges} is an address on the bus, the address it has on the bus above, and a size; an empty
 * {@code ranges} changes nothing, and a bus without one passes nothing on (Devicetree Specification 0.4, 2.3.8).
 * Addresses of more than two cells (PCI) are not translated.
 */
final class DevicetreeAddresses {
    private static final String ADDRESS_CELLS = "#address-cells";
    private static final String SIZE_CELLS = "#size-cells";
    private static final String REG = "reg";
    private static final String RANGES = "ranges";
    private static final int MAX_TRANSLATED_CELLS = 2;
    private static final int MAX_CELLS = 4;

    private DevicetreeAddresses() {}

    static ImmutableList<DevicetreeReg> reg(DevicetreeNode node) {
        ImmutableList.Builder<DevicetreeReg> translated = ImmutableList.builder();
        for (DevicetreeReg reg : busReg(node)) {
            long address = translate(node, reg.address()).orElse(reg.address());
            translated.add(new DevicetreeReg(address, reg.size()));
        }
        return translated.build();
    }

    static boolean isMemoryMapped(DevicetreeNode node) {
        ImmutableList<DevicetreeReg> reg = busReg(node);
        return !reg.isEmpty()
                && reg.stream()
                        .allMatch(entry -> translate(node, entry.address()).isPresent());
    }

    /** What {@code reg} says in addresses of the node's own bus. */
    static ImmutableList<DevicetreeReg> busReg(DevicetreeNode node) {
        Optional<DevicetreeNode> bus = node.parent();
        Optional<DevicetreeProperty> property = node.property(REG);
        if (bus.isEmpty() || property.isEmpty()) {
            return ImmutableList.of();
        }
        int addressCells = addressCells(bus.get());
        int sizeCells = sizeCells(bus.get());
        ImmutableList.Builder<DevicetreeReg> reg = ImmutableList.builder();
        for (long[] entry :
                entries(property.get(), addressCells + sizeCells, "#address-cells and #size-cells of " + bus.get())) {
            reg.add(new DevicetreeReg(number(entry, 0, addressCells), number(entry, addressCells, sizeCells)));
        }
        return reg.build();
    }

    /** The address of a node's register in numbers of the CPU; empty if a bus on the way does not pass it on. */
    static OptionalLong translate(DevicetreeNode node, long busAddress) {
        long address = busAddress;
        DevicetreeNode bus = node.parent().orElse(node);
        while (bus.parent().isPresent()) {
            OptionalLong passedOn = passOn(bus, address);
            if (passedOn.isEmpty()) {
                return passedOn;
            }
            address = passedOn.getAsLong();
            bus = bus.parent().get();
        }
        return OptionalLong.of(address);
    }

    /** The address that a bus gives on the bus above to an address of its own. */
    static OptionalLong passOn(DevicetreeNode bus, long address) {
        Optional<DevicetreeProperty> ranges = bus.property(RANGES);
        if (ranges.isEmpty() || addressCells(bus) > MAX_TRANSLATED_CELLS) {
            return OptionalLong.empty();
        }
        if (ranges.get().values().isEmpty()) {
            return OptionalLong.of(address);
        }
        int here = addressCells(bus);
        int there = bus.parent().map(DevicetreeAddresses::addressCells).orElse(here);
        int size = sizeCells(bus);
        for (long[] entry : entries(ranges.get(), here + there + size, "an address here, one above, a size")) {
            DevicetreeReg window = new DevicetreeReg(number(entry, 0, here), number(entry, here + there, size));
            if (window.contains(address)) {
                return OptionalLong.of(number(entry, here, there) + address - window.address());
            }
        }
        return OptionalLong.empty();
    }

    static int addressCells(DevicetreeNode bus) {
        return count(bus, ADDRESS_CELLS, 2);
    }

    static int sizeCells(DevicetreeNode bus) {
        return count(bus, SIZE_CELLS, 1);
    }

    private static int count(DevicetreeNode bus, String name, int unlessGiven) {
        Optional<DevicetreeProperty> property = bus.property(name);
        if (property.isEmpty()) {
            return unlessGiven;
        }
        long[] cells = property.get().cells();
        if (cells.length != 1 || cells[0] > MAX_CELLS) {
            throw new DevicetreeException(
                    property.get().position(),
                    "expected one number of at most " + MAX_CELLS + " as " + name + ", found '" + property.get() + "'");
        }
        return (int) cells[0];
    }

    /** Cuts a property into entries of one length. */
    static ImmutableList<long[]> entries(DevicetreeProperty property, int length, String why) {
        long[] cells = property.cells();
        if (length == 0 || cells.length == 0 || cells.length % length != 0) {
            throw new DevicetreeException(
                    property.position(),
                    "expected a multiple of " + length + " cells in '" + property.name() + "' (" + why + "), found "
                            + cells.length);
        }
        ImmutableList.Builder<long[]> entries = ImmutableList.builder();
        for (int start = 0; start < cells.length; start += length) {
            entries.add(Arrays.copyOfRange(cells, start, start + length));
        }
        return entries.build();
    }

    /** Joins cells to a number, the most significant first; of more than two cells the last two count. */
    private static long number(long[] cells, int start, int count) {
        long number = 0;
        for (int i = start; i < start + count; i++) {
            number = number << 32 | cells[i];
        }
        return number;
    }
}
