package dev.tophalf.runtime.memory;

import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.trace.Values;
import java.util.Locale;

/**
 * A pointer into the memory of a process; only {@code copy_from_user()} and its family follow it. It points into one
 * mapping of that process, or to an address where nothing is mapped.
 */
@KernelType(
        header = "linux/compiler_types.h",
        name = "__user",
        insteadOfIndex = "copy_from_user()",
        insteadOfStore = "copy_to_user()")
public final class UserPointer implements Values.Described {
    private final UserMapping mapping;
    private final long offset;

    private UserPointer(UserMapping mapping, long offset) {
        this.mapping = mapping;
        this.offset = offset;
    }

    /** A pointer to the start of a mapping. */
    public static UserPointer to(UserMapping mapping) {
        return new UserPointer(mapping, 0);
    }

    /** A pointer to an address where nothing is mapped. */
    public static UserPointer at(long address) {
        return new UserPointer(new UserMapping(address, new byte[0], false), 0);
    }

    /** The address, as the process sees it. */
    public long address() {
        return mapping.start() + offset;
    }

    /** {@code p + n}. */
    public UserPointer plus(long bytes) {
        return new UserPointer(mapping, offset + bytes);
    }

    /** {@code p - n}. */
    public UserPointer minus(long bytes) {
        return new UserPointer(mapping, offset - bytes);
    }

    /** {@code p - q}. */
    public long minus(UserPointer other) {
        return address() - other.address();
    }

    /** How many of the next {@code count} bytes can be read before the processor faults. */
    public long readable(long count) {
        return offset < 0 ? 0 : Math.max(0, Math.min(count, mapping.bytes().length - offset));
    }

    /** How many of the next {@code count} bytes can be written before the processor faults. */
    public long writable(long count) {
        return mapping.isWritable() ? readable(count) : 0;
    }

    /** A byte that is readable, 0 to 255. */
    public int get(long index) {
        return mapping.bytes()[(int) (offset + index)] & 0xff;
    }

    /** Writes a byte that is writable. */
    public void put(long index, int value) {
        mapping.bytes()[(int) (offset + index)] = (byte) value;
    }

    @Override
    public String describe() {
        return String.format(Locale.ROOT, "__user 0x%x", address());
    }

    @Override
    public String toString() {
        return describe();
    }
}
