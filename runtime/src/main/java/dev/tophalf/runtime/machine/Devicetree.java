package dev.tophalf.runtime.machine;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The description of a machine: a tree of nodes read from Devicetree source. */
public final class Devicetree {
    private final String fileName;
    private final DevicetreeNode root;
    private final Map<String, DevicetreeNode> labels = new LinkedHashMap<>();
    private final Map<Long, DevicetreeNode> phandles = new LinkedHashMap<>();
    private final List<DevicetreeReg> reservations = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    Devicetree(String fileName) {
        this.fileName = fileName;
        this.root = new DevicetreeNode(this, null, "", new DevicetreePosition(fileName, 1, 1));
    }

    /**
     * Reads a tree.
     *
     * @param fileName what messages call the source
     * @throws DevicetreeException at the first mistake that leaves the meaning open
     */
    public static Devicetree parse(String source, String fileName) {
        Devicetree tree = new DevicetreeParser(source, fileName).parse();
        new DevicetreeResolver(tree).resolve();
        new DevicetreeChecker(tree).check();
        return tree;
    }

    public String fileName() {
        return fileName;
    }

    public DevicetreeNode root() {
        return root;
    }

    /** Every node, parents before their children, in the order of the source. */
    public ImmutableList<DevicetreeNode> nodes() {
        ImmutableList.Builder<DevicetreeNode> nodes = ImmutableList.builder();
        addWithChildren(root, nodes);
        return nodes.build();
    }

    private static void addWithChildren(DevicetreeNode node, ImmutableList.Builder<DevicetreeNode> nodes) {
        nodes.add(node);
        node.children().forEach(child -> addWithChildren(child, nodes));
    }

    /** A node by its path, {@code /soc/button@10001000}, or by a path that begins with a name in {@code /aliases}. */
    public Optional<DevicetreeNode> find(String path) {
        if (path.startsWith("/")) {
            return root.find(path);
        }
        int end = path.indexOf('/');
        String alias = end < 0 ? path : path.substring(0, end);
        return root.find("/aliases")
                .flatMap(aliases -> aliases.string(alias))
                .filter(target -> target.startsWith("/"))
                .flatMap(root::find)
                .flatMap(node -> node.find(path.substring(alias.length())));
    }

    public Optional<DevicetreeNode> byLabel(String label) {
        return Optional.ofNullable(labels.get(label));
    }

    public Optional<DevicetreeNode> byPhandle(long phandle) {
        return Optional.ofNullable(phandles.get(phandle));
    }

    public ImmutableSet<String> labels() {
        return ImmutableSet.copyOf(labels.keySet());
    }

    /** The memory set aside with {@code /memreserve/}. */
    public ImmutableList<DevicetreeReg> reservations() {
        return ImmutableList.copyOf(reservations);
    }

    /** What is odd and yet has a meaning, one line each, in the words of {@link DevicetreeException}. */
    public ImmutableList<String> warnings() {
        return ImmutableList.copyOf(warnings);
    }

    /** The tree written out again: one block, overlays merged, phandles in place. */
    public String toSource() {
        return DevicetreePrinter.print(this);
    }

    void warn(DevicetreePosition position, String problem) {
        warnings.add(position + ": " + problem);
    }

    void addReservation(DevicetreeReg reservation) {
        reservations.add(reservation);
    }

    void label(DevicetreeNode node, DevicetreeToken label) {
        DevicetreeNode other = labels.putIfAbsent(label.text(), node);
        if (other == null) {
            node.addLabel(label.text());
        } else if (other != node) {
            throw new DevicetreeException(
                    label.position(),
                    "expected a label of its own, found '" + label.text() + "', which is " + other.path());
        }
    }

    void assignPhandle(long phandle, DevicetreeNode node) {
        phandles.put(phandle, node);
    }

    /** Takes a node out of the tree, and with it the labels below. */
    void delete(DevicetreeNode node) {
        node.children().forEach(this::delete);
        node.labels().forEach(labels::remove);
        node.parent().ifPresent(parent -> parent.remove(node));
    }
}
