package dev.tophalf.linux;

import dev.tophalf.linux.Device.device;
import dev.tophalf.linux.kernel.Callbacks;
import dev.tophalf.linux.kernel.EventWaits;
import dev.tophalf.linux.kernel.HeldInMemory;
import dev.tophalf.linux.kernel.IrqWorks;
import dev.tophalf.linux.kernel.Irqs;
import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.linux.kernel.Rcu;
import dev.tophalf.linux.kernel.WorkQueues;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.Gfp;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.Sleeps;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.memory.KernelStruct;
import dev.tophalf.runtime.memory.Pointer;
import dev.tophalf.runtime.memory.Resource;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/** {@code linux/slab.h}: memory for structs and buffers. */
public final class Slab {
    private static final long MOST_BYTES = 4L << 20;

    /** What a member is counted as, with what it may embed. */
    static final int MEMBER_BYTES = 32;

    private Slab() {}

    /**
     * Allocates {@code size} bytes.
     *
     * <p>Context: any if {@code flags} do not allow blocking, else process.
     *
     * @return the memory, or null
     */
    @KernelFunction(
            header = "linux/slab.h",
            sleeps = Sleeps.GFP,
            pairsWith = "kfree",
            simplified = "the memory is zeroed, and allocations of more than 4 MiB fail")
    public static @Nullable Pointer kmalloc(long size, @Gfp int flags) {
        return bytes(size, "kfree()");
    }

    /**
     * Allocates a zeroed struct.
     *
     * <p>Context: any if {@code flags} do not allow blocking, else process.
     *
     * @return the struct, or null
     */
    @KernelFunction(header = "linux/slab.h", sleeps = Sleeps.GFP, pairsWith = "kfree")
    public static <T> @Nullable T kzalloc(Class<T> type, @Gfp int flags) {
        return struct(type, "kfree()");
    }

    /**
     * Allocates {@code size} zeroed bytes.
     *
     * <p>Context: any if {@code flags} do not allow blocking, else process.
     *
     * @return the memory, or null
     */
    @KernelFunction(header = "linux/slab.h", sleeps = Sleeps.GFP, pairsWith = "kfree")
    public static @Nullable Pointer kzalloc(long size, @Gfp int flags) {
        return bytes(size, "kfree()");
    }

    /**
     * Frees what {@code kmalloc()} and its family returned; null is fine.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/slab.h", pairsWith = "kmalloc")
    public static void kfree(@Nullable Object objp) {
        Runnable reclaim = objp == null ? null : handOver(objp, "kfree()");
        if (reclaim != null) {
            reclaim.run();
        }
    }

    /**
     * Takes memory from a driver that frees it with {@code call}.
     *
     * @return what really frees it; null, and a finding, if the driver has no such memory
     */
    static @Nullable Runnable handOver(Object objp, String call) {
        Resource allocation = allocation(objp);
        Simulation now = Simulation.current();
        if (allocation == null) {
            badFree(
                    call + " of what no allocator returned",
                    "kernel BUG at mm/slub.c: Invalid object pointer",
                    "free what kmalloc() and its family returned, and nothing else");
        } else if (!allocation.undo().equals("kfree()")) {
            boolean managed = allocation.undo().equals("devm_kfree()");
            badFree(
                    call + " of " + allocation.description() + (managed ? ", which is managed (devm)" : ""),
                    managed ? "WARNING: devm object freed by kfree" : "kernel BUG at mm/slub.c: Invalid object pointer",
                    (managed ? "leave it to devm, or " : "") + "call " + allocation.undo());
        } else if (!now.resources().release(allocation, now.site())) {
            badFree(
                    call + " of " + allocation.description() + ", which was freed at " + allocation.releasedAt(),
                    "BUG: KASAN: double-free",
                    "free it once, and forget the pointer");
        } else {
            return allocation::reclaim;
        }
        return null;
    }

    /**
     * Allocates a zeroed struct that is freed when the driver lets go of {@code dev}.
     *
     * <p>Context: any if {@code gfp} does not allow blocking, else process.
     *
     * @return the struct, or null
     */
    @KernelFunction(header = "linux/device.h", sleeps = Sleeps.GFP, pairsWith = "devm_kfree")
    public static <T> @Nullable T devm_kzalloc(device dev, Class<T> type, @Gfp int gfp) {
        T made = struct(type, "devm_kfree()");
        manage(dev, made, "devm_kzalloc()");
        return made;
    }

    /**
     * Allocates {@code size} zeroed bytes that are freed when the driver lets go of {@code dev}.
     *
     * <p>Context: any if {@code gfp} does not allow blocking, else process.
     *
     * @return the memory, or null
     */
    @KernelFunction(header = "linux/device.h", sleeps = Sleeps.GFP, pairsWith = "devm_kfree")
    public static @Nullable Pointer devm_kzalloc(device dev, long size, @Gfp int gfp) {
        Pointer made = bytes(size, "devm_kfree()");
        manage(dev, made, "devm_kzalloc()");
        return made;
    }

    /**
     * Frees managed memory before its time.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/device.h", pairsWith = "devm_kzalloc")
    public static void devm_kfree(device dev, @Nullable Object p) {
        if (p != null && !Device.require(dev, "devm_kfree()").devres().release(p)) {
            badFree(
                    "devm_kfree() of what " + dev.name() + " does not manage",
                    "WARNING: CPU: 0 at devm_kfree",
                    "pass the device that the memory was allocated for");
        }
    }

    static void badFree(String message, String linux, String advice) {
        Misuses.report("bad-free", message, linux, advice);
    }

    private static void manage(@Nullable device dev, @Nullable Object made, String call) {
        device owner = Device.require(dev, call);
        if (made != null) {
            owner.devres().add(made, () -> {
                Simulation now = Simulation.current();
                Resource allocation = allocation(made);
                if (allocation != null && now.resources().release(allocation, now.site())) {
                    allocation.reclaim();
                }
            });
        }
    }

    private static @Nullable Resource allocation(@Nullable Object memory) {
        if (memory instanceof Pointer pointer && pointer.offset() == 0) {
            return pointer.allocation();
        }
        return memory instanceof KernelStruct struct ? KernelStruct.allocationOf(struct) : null;
    }

    /** Takes {@code bytes} of the machine's memory until it is given back, and does {@code drop} then. */
    static Resource acquire(String description, String undo, long bytes, Runnable drop) {
        Simulation now = Simulation.current();
        now.meter().allocate(bytes);
        return now.resources().acquire("memory", description, undo, now.site(), () -> {
            now.meter().free(bytes);
            drop.run();
        });
    }

    static @Nullable Pointer bytes(long size, String undo) {
        if (size < 0 || size > MOST_BYTES) {
            return null;
        }
        Pointer memory = Pointer.to((int) size);
        memory.setAllocation(acquire(size + " bytes", undo, size + MEMBER_BYTES, memory::drop));
        return memory;
    }

    private static <T> T struct(Class<T> type, String undo) {
        T made = create(type);
        long bytes = MEMBER_BYTES * (1L + type.getDeclaredFields().length);
        Resource allocation = acquire("struct " + type.getSimpleName(), undo, bytes, () -> forget(made));
        if (made instanceof KernelStruct struct) {
            KernelStruct.setAllocation(struct, allocation);
        }
        if (made instanceof EmbeddedStruct embedded) {
            EmbeddedStruct.embed(embedded, null, type.getSimpleName());
        }
        return made;
    }

    static void forget(Object struct) {
        Simulation now = Simulation.current();
        HeldInMemory.check(struct);
        Rcu.of(now).freed(struct);
        WorkQueues.of(now).freed(struct);
        Callbacks.of(now).freed(struct);
        IrqWorks.of(now).freed(struct);
        EventWaits.of(now).freed(struct);
        Irqs.of(now).freed(struct);
    }

    static <T> T create(Class<T> type) {
        try {
            return type.getDeclaredConstructor().newInstance();
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalArgumentException("struct " + type.getSimpleName() + " cannot be made", thrown.getCause());
        } catch (ReflectiveOperationException thrown) {
            throw new IllegalArgumentException(
                    "struct " + type.getSimpleName() + " cannot be allocated: it has no plain constructor", thrown);
        }
    }
}
