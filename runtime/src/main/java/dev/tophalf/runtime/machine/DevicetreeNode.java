package dev.tophalf.runtime.machine;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A node of a Devicetree: properties and children, both in the order of the source. */
public final class DevicetreeNode {
    private final Devicetree tree;
    private final @Nullable DevicetreeNode parent;
    private final String name;
    private final int depth;
    private DevicetreePosition position;
    private final List<String> labels = new ArrayList<>();
    private final Map<String, DevicetreeProperty> properties = new LinkedHashMap<>();
    private final Map<String, DevicetreeNode> children = new LinkedHashMap<>();

    DevicetreeNode(Devicetree tree, @Nullable DevicetreeNode parent, String name, DevicetreePosition position) {
        this.tree = tree;
        this.parent = parent;
        this.name = name;
        this.depth = parent == null ? 1 : parent.depth + 1;
        this.position = position;
    }

    public Devicetree tree() {
        return tree;
    }

    /** The node that this one stands in; empty for the root. */
    public Optional<DevicetreeNode> parent() {
        return Optional.ofNullable(parent);
    }

    /** The name with the unit address, {@code button@10001000}; empty for the root. */
    public String name() {
        return name;
    }

    /** The name before the unit address, {@code button}. */
    public String baseName() {
        int at = name.indexOf('@');
        return at < 0 ? name : name.substring(0, at);
    }

    /** What follows the {@code @} of the name, {@code 10001000}. */
    public Optional<String> unitAddress() {
        int at = name.indexOf('@');
        return at < 0 ? Optional.empty() : Optional.of(name.substring(at + 1));
    }

    /** The names from the root down to here, {@code /soc/button@10001000}. */
    public String path() {
        if (parent == null) {
            return "/";
        }
        return parent.parent == null ? "/" + name : parent.path() + "/" + name;
    }

    public ImmutableList<String> labels() {
        return ImmutableList.copyOf(labels);
    }

    public DevicetreePosition position() {
        return position;
    }

    public int line() {
        return position.line();
    }

    public ImmutableList<DevicetreeNode> children() {
        return ImmutableList.copyOf(children.values());
    }

    /** A child by its name with the unit address, else the first that is called so before the unit address. */
    public Optional<DevicetreeNode> child(String childName) {
        return Optional.ofNullable(children.get(childName))
                .or(() -> children.values().stream()
                        .filter(child -> child.baseName().equals(childName))
                        .findFirst());
    }

    /** A node below this one by its path, {@code soc/button@10001000}; an empty path is the node itself. */
    public Optional<DevicetreeNode> find(String path) {
        @Nullable DevicetreeNode node = this;
        for (String step : Splitter.on('/').omitEmptyStrings().split(path)) {
            node = node == null ? null : node.children.get(step);
        }
        return Optional.ofNullable(node);
    }

    public ImmutableList<DevicetreeProperty> properties() {
        return ImmutableList.copyOf(properties.values());
    }

    public Optional<DevicetreeProperty> property(String propertyName) {
        return Optional.ofNullable(properties.get(propertyName));
    }

    public boolean hasProperty(String propertyName) {
        return properties.containsKey(propertyName);
    }

    /** The first string of a property. */
    public Optional<String> string(String propertyName) {
        return strings(propertyName).stream().findFirst();
    }

    /** The strings of a property; none if it is absent. */
    public ImmutableList<String> strings(String propertyName) {
        return property(propertyName).map(DevicetreeProperty::strings).orElse(ImmutableList.of());
    }

    /** The first unsigned 32-bit number of a property. */
    public OptionalLong cell(String propertyName) {
        long[] cells = cells(propertyName);
        return cells.length == 0 ? OptionalLong.empty() : OptionalLong.of(cells[0]);
    }

    /** The unsigned 32-bit numbers of a property; none if it is absent. */
    public long[] cells(String propertyName) {
        return property(propertyName).map(DevicetreeProperty::cells).orElseGet(() -> new long[0]);
    }

    public ImmutableList<String> compatible() {
        return strings("compatible");
    }

    /** Whether {@code status} is absent or okay; what stands above the node is not asked. */
    public boolean isEnabled() {
        String status = string("status").orElse("okay");
        return status.equals("okay") || status.equals("ok");
    }

    /**
     * The stretches in {@code reg}, in addresses of the CPU where every bus above passes them on with {@code ranges}
     * (see {@link #isMemoryMapped()}), else in addresses of the node's own bus.
     */
    public ImmutableList<DevicetreeReg> reg() {
        return DevicetreeAddresses.reg(this);
    }

    /** Whether the CPU reaches the registers of this node by address: not so for a child of an I2C or SPI bus. */
    public boolean isMemoryMapped() {
        return DevicetreeAddresses.isMemoryMapped(this);
    }

    /** The interrupts in {@code interrupts-extended} or {@code interrupts}, each with its controller. */
    public ImmutableList<DevicetreeInterrupt> interrupts() {
        return DevicetreeInterrupts.of(this);
    }

    /** The controller that a bare {@code interrupts} of this node means. */
    public Optional<DevicetreeNode> interruptParent() {
        return DevicetreeInterrupts.parentOf(this);
    }

    /** How many nodes there are from the root to here, both counted. */
    int depth() {
        return depth;
    }

    /** Says where the node stands; for the root, which is there before its source. */
    void moveTo(DevicetreePosition newPosition) {
        position = newPosition;
    }

    void addLabel(String label) {
        labels.add(label);
    }

    /** Adds a property, in the place of an earlier one of that name. */
    void put(DevicetreeProperty property) {
        properties.put(property.name(), property);
    }

    /** Returns whether there was such a property. */
    boolean removeProperty(String propertyName) {
        return properties.remove(propertyName) != null;
    }

    @Nullable
    DevicetreeNode exactChild(String childName) {
        return children.get(childName);
    }

    void add(DevicetreeNode child) {
        children.put(child.name, child);
    }

    void remove(DevicetreeNode child) {
        children.remove(child.name);
    }

    @Override
    public String toString() {
        return path();
    }
}
