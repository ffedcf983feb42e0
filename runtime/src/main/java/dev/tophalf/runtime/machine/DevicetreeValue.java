package dev.tophalf.runtime.machine;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One item of a property's value, as it was written. */
public sealed interface DevicetreeValue {

    /** Appends the bytes that a driver finds in the property; numbers are big-endian. */
    void writeTo(ByteArrayOutputStream bytes);

    /** A string in quotes; its bytes end with a zero. */
    record Text(String text) implements DevicetreeValue {
        @Override
        public void writeTo(ByteArrayOutputStream bytes) {
            bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            bytes.write(0);
        }
    }

    /** Numbers between angle brackets, each of 8, 16, 32 (a cell) or 64 bits. */
    record Cells(int bits, ImmutableList<Cell> cells) implements DevicetreeValue {
        @Override
        public void writeTo(ByteArrayOutputStream bytes) {
            for (Cell cell : cells) {
                for (int shift = bits - 8; shift >= 0; shift -= 8) {
                    bytes.write((int) (cell.value() >>> shift));
                }
            }
        }
    }

    /** Bytes between square brackets, each 0 to 255. */
    record Bytes(ImmutableList<Integer> values) implements DevicetreeValue {
        @Override
        public void writeTo(ByteArrayOutputStream bytes) {
            values.forEach(bytes::write);
        }
    }

    /** A reference outside of angle brackets: the path of a node; its bytes are those of a string. */
    record NodePath(Reference reference, String path) implements DevicetreeValue {
        @Override
        public void writeTo(ByteArrayOutputStream bytes) {
            new Text(path).writeTo(bytes);
        }
    }

    /** A number; if it was written as a reference, the phandle of that node. */
    record Cell(long value, @Nullable Reference reference) {}

    /**
     * A node named elsewhere.
     *
     * @param target a label, an absolute path, or a label and the rest of a path
     */
    record Reference(String target, DevicetreePosition position) {

        /** The reference in the words of the source. */
        public String toSource() {
            return target.indexOf('/') < 0 ? "&" + target : "&{" + target + "}";
        }
    }
}
