package dev.tophalf.runtime.machine;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import dev.tophalf.runtime.machine.DevicetreeValue.Cell;
import dev.tophalf.runtime.machine.DevicetreeValue.Cells;
import dev.tophalf.runtime.machine.DevicetreeValue.NodePath;
import dev.tophalf.runtime.machine.DevicetreeValue.Reference;

/** Turns references into phandles and paths, once all nodes are known. */
final class DevicetreeResolver {
    private static final String PHANDLE = "phandle";
    private static final long LAST_PHANDLE = 0xfffffffeL;

    private final Devicetree tree;
    private long nextPhandle = 1;

    DevicetreeResolver(Devicetree tree) {
        this.tree = tree;
    }

    void resolve() {
        ImmutableList<DevicetreeNode> nodes = tree.nodes();
        nodes.forEach(this::register);
        for (DevicetreeNode node : nodes) {
            for (DevicetreeProperty property : node.properties()) {
                node.put(property.map(this::phandle, this::path));
            }
        }
    }

    /** Finds a node by label, by path or by label and path; throws if there is none. */
    static DevicetreeNode find(Devicetree tree, Reference reference) {
        String target = reference.target();
        int slash = target.indexOf('/');
        String label = slash < 0 ? target : target.substring(0, slash);
        if (!label.isEmpty() && tree.byLabel(label).isEmpty()) {
            String known =
                    tree.labels().isEmpty() ? "there is none" : Joiner.on(", ").join(tree.labels());
            throw unknown(reference, "a label of this tree (" + known + ")");
        }
        DevicetreeNode start = tree.byLabel(label).orElse(tree.root());
        return start.find(target.substring(label.length())).orElseThrow(() -> unknown(reference, "the path of a node"));
    }

    private static DevicetreeException unknown(Reference reference, String expected) {
        return new DevicetreeException(
                reference.position(), "expected " + expected + ", found '" + reference.toSource() + "'");
    }

    private void register(DevicetreeNode node) {
        node.property(PHANDLE).ifPresent(property -> {
            long[] cells = property.cells();
            if (cells.length != 1 || cells[0] == 0 || cells[0] > LAST_PHANDLE) {
                throw new DevicetreeException(
                        property.position(), "expected one phandle of 1 to 0xfffffffe, found '" + property + "'");
            }
            tree.byPhandle(cells[0]).ifPresent(other -> {
                throw new DevicetreeException(
                        property.position(),
                        "expected a phandle of its own, found " + cells[0] + ", which is " + other.path());
            });
            tree.assignPhandle(cells[0], node);
        });
    }

    private Cell phandle(Cell cell) {
        Reference reference = cell.reference();
        return reference == null ? cell : new Cell(phandleOf(find(tree, reference)), reference);
    }

    private NodePath path(NodePath path) {
        return new NodePath(path.reference(), find(tree, path.reference()).path());
    }

    private long phandleOf(DevicetreeNode node) {
        if (!node.hasProperty(PHANDLE)) {
            while (tree.byPhandle(nextPhandle).isPresent()) {
                nextPhandle++;
            }
            tree.assignPhandle(nextPhandle, node);
            Cells value = new Cells(32, ImmutableList.of(new Cell(nextPhandle, null)));
            node.put(new DevicetreeProperty(PHANDLE, ImmutableList.of(value), node.position()));
        }
        return node.cells(PHANDLE)[0];
    }
}
