package dev.tophalf.runtime.machine;

import com.google.common.collect.ImmutableList;
import dev.tophalf.runtime.machine.DevicetreeLexer.Mode;
import dev.tophalf.runtime.machine.DevicetreeToken.Kind;
import dev.tophalf.runtime.machine.DevicetreeValue.Bytes;
import dev.tophalf.runtime.machine.DevicetreeValue.Cell;
import dev.tophalf.runtime.machine.DevicetreeValue.Cells;
import dev.tophalf.runtime.machine.DevicetreeValue.NodePath;
import dev.tophalf.runtime.machine.DevicetreeValue.Reference;
import dev.tophalf.runtime.machine.DevicetreeValue.Text;

/** Reads what stands between the {@code =} and the {@code ;} of a property. References stay open. */
final class DevicetreeValueParser {
    private static final int CELL_BITS = 32;

    private final DevicetreeLexer lexer;
    private final Devicetree tree;
    private final DevicetreeExpression expression;

    DevicetreeValueParser(DevicetreeLexer lexer, Devicetree tree) {
        this.lexer = lexer;
        this.tree = tree;
        this.expression = new DevicetreeExpression(lexer);
    }

    /** Reads one item, or several with commas between them. */
    ImmutableList<DevicetreeValue> items(String property) {
        ImmutableList.Builder<DevicetreeValue> items = ImmutableList.builder();
        items.add(item(property));
        while (lexer.peek(Mode.VALUE).isSymbol(",")) {
            lexer.next(Mode.VALUE);
            items.add(item(property));
        }
        return items.build();
    }

    /** Reads a literal or an expression in parentheses. */
    long number() {
        return expression.operand("a number or '('");
    }

    private DevicetreeValue item(String property) {
        skipLabels(Mode.VALUE);
        DevicetreeToken token = lexer.next(Mode.VALUE);
        DevicetreeValue item;
        if (token.kind() == Kind.STRING) {
            item = new Text(token.text());
        } else if (token.kind() == Kind.REFERENCE) {
            item = new NodePath(reference(token), "");
        } else if (token.isSymbol("<")) {
            item = new Cells(CELL_BITS, cells(CELL_BITS));
        } else if (token.isSymbol("[")) {
            item = new Bytes(bytes());
        } else if (token.is(Kind.DIRECTIVE, "/bits/")) {
            int bits = bits();
            item = new Cells(bits, cells(bits));
        } else {
            throw token.notExpected("a string, '<', '[', '/bits/' or a reference as value of '" + property + "'");
        }
        skipLabels(Mode.VALUE);
        return item;
    }

    private int bits() {
        DevicetreeToken width = lexer.next(Mode.VALUE);
        if (width.kind() != Kind.NUMBER || !ImmutableList.of(8L, 16L, 32L, 64L).contains(width.value())) {
            throw width.notExpected("8, 16, 32 or 64 after '/bits/'");
        }
        DevicetreeToken open = lexer.next(Mode.VALUE);
        if (!open.isSymbol("<")) {
            throw open.notExpected("'<' after '/bits/ " + width.value() + "'");
        }
        return (int) width.value();
    }

    private ImmutableList<Cell> cells(int bits) {
        ImmutableList.Builder<Cell> cells = ImmutableList.builder();
        skipLabels(Mode.VALUE);
        while (!lexer.peek(Mode.VALUE).isSymbol(">")) {
            cells.add(cell(bits));
            skipLabels(Mode.VALUE);
        }
        lexer.next(Mode.VALUE);
        return cells.build();
    }

    private Cell cell(int bits) {
        DevicetreeToken token = lexer.peek(Mode.VALUE);
        if (token.kind() == Kind.REFERENCE) {
            if (bits != CELL_BITS) {
                throw token.notExpected("a number: a phandle does not fit into " + bits + " bits");
            }
            lexer.next(Mode.VALUE);
            return new Cell(0, reference(token));
        }
        if (token.kind() == Kind.NAME) {
            throw token.notExpected("a number, '&label' or '>' (names of constants are not known here)");
        }
        long value = expression.operand("a number, '(', '&label' or '>'");
        return new Cell(fitted(value, bits, token.position()), null);
    }

    /** Cuts a number to its width; all ones above the width are the sign of a negative number and go unnoticed. */
    private long fitted(long value, int bits, DevicetreePosition position) {
        if (bits == Long.SIZE) {
            return value;
        }
        long mask = (1L << bits) - 1;
        if ((value & ~mask) != 0 && (value | mask) != -1) {
            tree.warn(
                    position, String.format("0x%x does not fit into %d bits, 0x%x is left", value, bits, value & mask));
        }
        return value & mask;
    }

    private ImmutableList<Integer> bytes() {
        ImmutableList.Builder<Integer> bytes = ImmutableList.builder();
        skipLabels(Mode.BYTES);
        DevicetreeToken token = lexer.next(Mode.BYTES);
        while (!token.isSymbol("]")) {
            if (token.kind() != Kind.BYTE) {
                throw token.notExpected("a byte of two hexadecimal digits or ']'");
            }
            bytes.add((int) token.value());
            skipLabels(Mode.BYTES);
            token = lexer.next(Mode.BYTES);
        }
        return bytes.build();
    }

    /** Labels inside of values are for assemblers; nothing here could refer to them. */
    private void skipLabels(Mode mode) {
        while (lexer.peek(mode).kind() == Kind.LABEL) {
            lexer.next(mode);
        }
    }

    private static Reference reference(DevicetreeToken token) {
        return new Reference(token.text(), token.position());
    }
}
