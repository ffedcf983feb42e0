package dev.tophalf.runtime.machine;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import dev.tophalf.runtime.machine.DevicetreeValue.Cell;
import dev.tophalf.runtime.machine.DevicetreeValue.Cells;
import dev.tophalf.runtime.machine.DevicetreeValue.NodePath;
import dev.tophalf.runtime.machine.DevicetreeValue.Text;
import java.io.ByteArrayOutputStream;
import java.util.function.Function;

/** A property of a node: a name and a value of any number of items; without items it is just there. */
public final class DevicetreeProperty {
    private final String name;
    private final ImmutableList<DevicetreeValue> values;
    private final DevicetreePosition position;

    DevicetreeProperty(String name, ImmutableList<DevicetreeValue> values, DevicetreePosition position) {
        this.name = name;
        this.values = values;
        this.position = position;
    }

    public String name() {
        return name;
    }

    public ImmutableList<DevicetreeValue> values() {
        return values;
    }

    public DevicetreePosition position() {
        return position;
    }

    public int line() {
        return position.line();
    }

    /** The strings of the value, node paths among them; other items are passed over. */
    public ImmutableList<String> strings() {
        ImmutableList.Builder<String> strings = ImmutableList.builder();
        for (DevicetreeValue value : values) {
            if (value instanceof Text text) {
                strings.addAll(Splitter.on('\0').split(text.text()));
            } else if (value instanceof NodePath path) {
                strings.add(path.path());
            }
        }
        return strings.build();
    }

    /** The value as bytes, as a driver and a flattened tree see it. */
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        values.forEach(value -> value.writeTo(bytes));
        return bytes.toByteArray();
    }

    /** The value as unsigned 32-bit numbers; bytes left over at the end are passed over. */
    public long[] cells() {
        return numbers(32);
    }

    /**
     * The value as unsigned numbers of one width, whatever it was written as.
     *
     * @param bits 8, 16, 32 or 64
     */
    public long[] numbers(int bits) {
        byte[] bytes = bytes();
        int width = bits / 8;
        long[] numbers = new long[bytes.length / width];
        for (int i = 0; i < numbers.length * width; i++) {
            numbers[i / width] = numbers[i / width] << 8 | (bytes[i] & 0xff);
        }
        return numbers;
    }

    /** The same property with each cell and each path replaced. */
    DevicetreeProperty map(Function<Cell, Cell> cells, Function<NodePath, NodePath> paths) {
        ImmutableList.Builder<DevicetreeValue> mapped = ImmutableList.builder();
        for (DevicetreeValue value : values) {
            if (value instanceof Cells list) {
                mapped.add(new Cells(
                        list.bits(), list.cells().stream().map(cells).collect(ImmutableList.toImmutableList())));
            } else if (value instanceof NodePath path) {
                mapped.add(paths.apply(path));
            } else {
                mapped.add(value);
            }
        }
        return new DevicetreeProperty(name, mapped.build(), position);
    }

    @Override
    public String toString() {
        return DevicetreePrinter.print(this);
    }
}
