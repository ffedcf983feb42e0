package dev.tophalf.runtime.machine;

import static java.util.stream.Collectors.joining;

import dev.tophalf.runtime.machine.DevicetreeValue.Bytes;
import dev.tophalf.runtime.machine.DevicetreeValue.Cell;
import dev.tophalf.runtime.machine.DevicetreeValue.Cells;
import dev.tophalf.runtime.machine.DevicetreeValue.NodePath;
import dev.tophalf.runtime.machine.DevicetreeValue.Reference;
import dev.tophalf.runtime.machine.DevicetreeValue.Text;

/** Writes a tree as Devicetree source in one fixed form; reading that gives the same tree. */
final class DevicetreePrinter {
    private final StringBuilder out = new StringBuilder();

    private DevicetreePrinter() {}

    static String print(Devicetree tree) {
        DevicetreePrinter printer = new DevicetreePrinter();
        printer.out.append("/dts-v1/;\n");
        for (DevicetreeReg reserved : tree.reservations()) {
            String numbers = String.format("0x%x 0x%x", reserved.address(), reserved.size());
            printer.out.append("/memreserve/ ").append(numbers).append(";\n");
        }
        printer.out.append('\n');
        printer.node(tree.root(), "");
        return printer.out.toString();
    }

    static String print(DevicetreeProperty property) {
        if (property.values().isEmpty()) {
            return property.name();
        }
        return property.name() + " = "
                + property.values().stream().map(DevicetreePrinter::value).collect(joining(", "));
    }

    private void node(DevicetreeNode node, String indent) {
        out.append(indent);
        node.labels().forEach(label -> out.append(label).append(": "));
        out.append(node.parent().isEmpty() ? "/" : node.name()).append(" {\n");
        String inner = indent + "\t";
        for (DevicetreeProperty property : node.properties()) {
            out.append(inner).append(print(property)).append(";\n");
        }
        node.children().forEach(child -> node(child, inner));
        out.append(indent).append("};\n");
    }

    private static String value(DevicetreeValue value) {
        if (value instanceof Text text) {
            return '"' + escaped(text.text()) + '"';
        }
        if (value instanceof NodePath path) {
            return path.reference().toSource();
        }
        if (value instanceof Bytes bytes) {
            return bytes.values().stream()
                    .map(one -> String.format("%02x", one))
                    .collect(joining(" ", "[", "]"));
        }
        Cells cells = (Cells) value;
        String prefix = cells.bits() == 32 ? "<" : "/bits/ " + cells.bits() + " <";
        return cells.cells().stream().map(DevicetreePrinter::cell).collect(joining(" ", prefix, ">"));
    }

    private static String cell(Cell cell) {
        Reference reference = cell.reference();
        return reference == null ? "0x" + Long.toHexString(cell.value()) : reference.toSource();
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f) {
                escaped.append(String.format("\\x%02x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
