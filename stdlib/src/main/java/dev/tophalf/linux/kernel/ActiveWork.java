package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.memory.Resource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The work items that are queued, delayed or running, found by the allocation that they are in. */
final class ActiveWork {
    private static final long NO_ALLOCATION = 0;

    private final Set<WorkState> all = new LinkedHashSet<>();
    private final Map<Long, Set<WorkState>> byAllocation = new LinkedHashMap<>();

    /** Notes that a work item may have become active, or may have ceased to be. */
    void update(WorkState work) {
        boolean active = work.isActive();
        if (active == all.contains(work)) {
            return;
        }
        long allocation = allocation(work.work);
        if (active) {
            all.add(work);
            byAllocation
                    .computeIfAbsent(allocation, made -> new LinkedHashSet<>())
                    .add(work);
        } else {
            all.remove(work);
            byAllocation.computeIfPresent(
                    allocation, (same, works) -> works.remove(work) && works.isEmpty() ? null : works);
        }
    }

    /** The number of the allocation that {@code struct} is, or lies in. */
    private static long allocation(Object struct) {
        Resource allocation = EmbeddedStruct.memoryOf(struct);
        return allocation == null ? NO_ALLOCATION : allocation.number();
    }

    /** Those in the memory of {@code struct}, in the order of becoming active. */
    List<WorkState> in(Object struct) {
        Set<WorkState> works = byAllocation.get(allocation(struct));
        return works == null
                ? List.of()
                : works.stream()
                        .filter(work -> EmbeddedStruct.isIn(work.work, struct))
                        .toList();
    }

    /** All of them, in the order of becoming active. */
    List<WorkState> all() {
        return List.copyOf(all);
    }
}
