package dev.tophalf.linux;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.memory.KernelStruct;
import dev.tophalf.runtime.memory.Resource;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The variables with a copy for each CPU: arrays with an element for each ({@code mm/percpu.c}). */
final class PerCpuMemory {
    private final Simulation simulation;
    private final Map<Object, Resource> allocated = new LinkedHashMap<>();

    private PerCpuMemory(Simulation simulation) {
        this.simulation = simulation;
    }

    /** The per-CPU memory of the current simulation. */
    static PerCpuMemory current() {
        return Simulation.current().part(PerCpuMemory.class, PerCpuMemory::new);
    }

    /** Makes a variable of that array type. */
    <A> A make(Class<A> arrayType, String name) {
        Class<?> element = arrayType.getComponentType();
        Object array = Array.newInstance(element, simulation.cpus().size());
        for (int cpu = 0; cpu < Array.getLength(array) && !element.isPrimitive(); cpu++) {
            Object struct = Slab.create(element);
            if (struct instanceof EmbeddedStruct embedded) {
                EmbeddedStruct.embed(embedded, null, name);
            }
            Array.set(array, cpu, struct);
        }
        return arrayType.cast(array);
    }

    /** Makes a variable that its driver has to free. */
    <A> A allocate(Class<A> arrayType) {
        Class<?> element = arrayType.getComponentType();
        A made = make(arrayType, element.getSimpleName());
        int cpus = Array.getLength(made);
        long bytes = (long) cpus * Slab.MEMBER_BYTES * (1 + element.getDeclaredFields().length);
        Resource allocation = Slab.acquire(
                "per-CPU " + element.getSimpleName(),
                "free_percpu()",
                bytes,
                () -> structs(made).forEach(Slab::forget));
        structs(made).forEach(struct -> KernelStruct.setAllocation(struct, allocation));
        allocated.put(made, allocation);
        return made;
    }

    private static Stream<KernelStruct> structs(Object array) {
        return array instanceof Object[] elements
                ? Arrays.stream(elements).map(KernelStruct.class::cast)
                : Stream.empty();
    }

    /** Frees what {@link #allocate} made. */
    void free(Object array) {
        Resource allocation = allocated.get(array);
        if (allocation == null) {
            Slab.badFree(
                    "free_percpu() of what alloc_percpu() did not return",
                    "BUG: unable to handle page fault for address",
                    "free what alloc_percpu() returned, and nothing else");
        } else if (!simulation.resources().release(allocation, simulation.site())) {
            Slab.badFree(
                    "free_percpu() of " + allocation + ", which was freed at " + allocation.releasedAt(),
                    "BUG: unable to handle page fault for address",
                    "free it once, and forget the pointer");
        } else {
            allocation.reclaim();
        }
    }
}
