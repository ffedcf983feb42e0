package dev.tophalf.runtime.memory;

import org.jspecify.annotations.Nullable;

/** A struct in kernel memory: the base of every struct that a driver declares. It knows the allocation it lives in. */
public abstract class KernelStruct {
    private @Nullable Resource allocation;

    /** The allocation that this struct is, or null for one that no allocator returned. */
    public static @Nullable Resource allocationOf(KernelStruct struct) {
        return struct.allocation;
    }

    /** Notes that an allocator returned {@code struct}. */
    public static void setAllocation(KernelStruct struct, Resource allocation) {
        struct.allocation = allocation;
    }
}
