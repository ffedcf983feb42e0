package dev.tophalf.runtime.memory;

import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.trace.Values;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A pointer into kernel memory, a byte at a time. It knows the bounds of what it points into and whether that has been
 * freed; a byte reads as 0 to 255, as {@code char} does in the kernel.
 */
@KernelType(header = "linux/types.h", name = "ptr")
public final class Pointer implements Values.Described, ErrorPointer {
    private static final byte[] NOTHING = {};

    private final Block block;
    private final long offset;

    private Pointer(Block block, long offset) {
        this.block = block;
        this.offset = offset;
    }

    private static final class Block {
        byte[] bytes;
        final int errno;

        @Nullable
        Resource allocation;

        Block(int size, int errno) {
            bytes = new byte[size];
            this.errno = errno;
        }
    }

    /** A pointer to {@code size} zero bytes that no allocator knows of, such as the page a {@code show} fills. */
    public static Pointer to(int size) {
        return new Pointer(new Block(size, 0), 0);
    }

    /** What a function returns in place of a pointer when it fails with {@code errno}, which is negative. */
    public static Pointer error(int errno) {
        return new Pointer(new Block(0, errno), 0);
    }

    @Override
    public int errno() {
        return block.errno;
    }

    /** A pointer to the bytes of {@code text} and a final 0. */
    public static Pointer toText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Pointer pointer = to(bytes.length + 1);
        System.arraycopy(bytes, 0, pointer.block.bytes, 0, bytes.length);
        return pointer;
    }

    /** Notes that an allocator returned the memory that this points into. */
    public void setAllocation(Resource allocation) {
        block.allocation = allocation;
    }

    /** Forgets the bytes, once they are freed: no access comes to them any more. */
    public void drop() {
        block.bytes = NOTHING;
    }

    /** The allocation that this points into, or null. */
    public @Nullable Resource allocation() {
        return block.allocation;
    }

    /** How far from the start of the memory it points. */
    public long offset() {
        return offset;
    }

    /** How many bytes there are from here to the end of the memory. */
    public long room() {
        return block.bytes.length - offset;
    }

    /** {@code p + n}. */
    public Pointer plus(long bytes) {
        return new Pointer(block, offset + bytes);
    }

    /** {@code p - n}. */
    public Pointer minus(long bytes) {
        return new Pointer(block, offset - bytes);
    }

    /** {@code p[i]}. */
    public int getAt(long index) {
        return block.bytes[check(index)] & 0xff;
    }

    /** {@code p[i] = value}. */
    public void putAt(long index, int value) {
        block.bytes[check(index)] = (byte) value;
    }

    /** Checks that the memory is there and has {@code bytes} bytes from here. */
    public void checkRoom(long bytes) {
        if (bytes > 0) {
            check(0);
            check(bytes - 1);
        }
    }

    private int check(long index) {
        long at = offset + index;
        Resource allocation = block.allocation;
        if (block.errno != 0) {
            throw new DriverBug(
                    "the error pointer " + this + " is followed", "BUG: unable to handle page fault for address");
        }
        if (allocation != null && allocation.isReclaimed()) {
            throw new DriverBug(
                    "use of " + allocation.description() + " after it was freed at " + allocation.releasedAt(),
                    "BUG: KASAN: slab-use-after-free");
        }
        if (at < 0 || at >= block.bytes.length) {
            throw new DriverBug(
                    "byte " + at + " of " + block.bytes.length + " is out of bounds", "BUG: KASAN: slab-out-of-bounds");
        }
        return (int) at;
    }

    /** The bytes from here up to a 0, or to the end of the memory. */
    public String text() {
        int end = check(0);
        int start = end;
        while (end < block.bytes.length && block.bytes[end] != 0) {
            end++;
        }
        return new String(block.bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** The next {@code length} bytes as text. */
    public String text(int length) {
        if (length == 0) {
            return "";
        }
        int start = check(0);
        check(length - 1L);
        return new String(block.bytes, start, length, StandardCharsets.UTF_8);
    }

    @Override
    public String describe() {
        Resource allocation = block.allocation;
        if (block.errno != 0) {
            return "ERR_PTR(" + block.errno + ")";
        }
        return "ptr" + (allocation == null ? "" : "#" + allocation.number()) + (offset == 0 ? "" : "+" + offset);
    }

    @Override
    public String toString() {
        return describe();
    }
}
