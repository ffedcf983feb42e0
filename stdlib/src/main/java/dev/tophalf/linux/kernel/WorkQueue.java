package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Workqueue;
import dev.tophalf.linux.Workqueue.workqueue_struct;
import dev.tophalf.runtime.memory.Resource;
import dev.tophalf.runtime.sched.Scheduler;
import dev.tophalf.runtime.sched.WaitQueue;
import dev.tophalf.runtime.trace.Site;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the kernel knows of a {@code workqueue_struct}. */
public final class WorkQueue {
    /** Made by {@code create_workqueue()} and its kin. */
    public static final int LEGACY = 1 << 18;

    final LockHistory locks = new LockHistory();
    private final workqueue_struct struct = new workqueue_struct(this);
    private final WorkQueues owner;
    private final String name;
    private final int flags;
    private final int maxActive;
    private final List<PoolWorkqueue> places;
    private final Set<WorkItem> inFlight = new LinkedHashSet<>();
    private final Deque<Barrier> barriers = new ArrayDeque<>();
    private @Nullable Resource resource;
    private boolean destroying;
    private int drainers;
    private long nextNumber;

    /** Somebody who waits for all items before the one of that number. */
    private record Barrier(long number, WaitQueue waiting) {}

    WorkQueue(WorkQueues owner, String name, int flags, int maxActive, List<WorkerPool> pools) {
        this.owner = owner;
        this.name = name;
        this.flags = flags;
        this.maxActive = maxActive;
        this.places = pools.stream().map(pool -> new PoolWorkqueue(this, pool)).toList();
    }

    public String name() {
        return name;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    int maxActive() {
        return maxActive;
    }

    /** Whether an item of it can keep the others from being run. */
    boolean isSerial() {
        return maxActive == 1 || has(Workqueue.WQ_MEM_RECLAIM);
    }

    /** What the driver that made it holds, or null for a queue of the system. */
    @Nullable
    Resource resource() {
        return resource;
    }

    /** Notes which resource of a driver it is. */
    void setResource(Resource made) {
        resource = made;
    }

    /** As drivers see it. */
    public workqueue_struct struct() {
        return struct;
    }

    /** As reports call it. */
    String title() {
        return "workqueue '" + name + "'";
    }

    /** Where it was destroyed, or null. */
    @Nullable
    Site destroyedAt() {
        return resource != null && resource.isReleased() ? resource.releasedAt() : null;
    }

    /** Whether it is the system's, and so shared by everybody. */
    public boolean isSystem() {
        return resource == null;
    }

    /** Whether it takes only what its own items queue. */
    boolean isClosing() {
        return destroying || drainers > 0;
    }

    void close() {
        destroying = true;
    }

    /** Queues {@code work} from a CPU; where it runs, if it does, so that it never runs twice at once. */
    void add(WorkState work, int cpu) {
        WorkItem running = work.running;
        PoolWorkqueue place = running != null && running.place.queue == this ? running.place : place(cpu);
        WorkItem item = new WorkItem(work, place, nextNumber++);
        work.queued = item;
        inFlight.add(item);
        place.add(item);
    }

    private PoolWorkqueue place(int cpu) {
        return places.get(has(Workqueue.WQ_UNBOUND) ? 0 : cpu);
    }

    void left(WorkItem item) {
        inFlight.remove(item);
        owner.changed(item.work);
        while (!barriers.isEmpty() && isPast(barriers.element())) {
            barriers.remove().waiting.wakeAll();
        }
    }

    private boolean isPast(Barrier barrier) {
        return inFlight.isEmpty() || inFlight.iterator().next().number >= barrier.number;
    }

    /** Blocks the current task until everything that is queued or running now has ended. */
    void flush(Scheduler scheduler) {
        Barrier barrier = new Barrier(nextNumber, new WaitQueue(scheduler));
        if (!isPast(barrier)) {
            barriers.add(barrier);
            barrier.waiting.await("the items of " + title(), () -> isPast(barrier));
        }
    }

    /** Blocks the current task until nothing is queued or running, also of what the items queue meanwhile. */
    void drain(Scheduler scheduler) {
        drainers++;
        try {
            do {
                flush(scheduler);
            } while (!inFlight.isEmpty());
        } finally {
            drainers--;
        }
    }

    /** Drops everything that is queued: whoever made it is gone. */
    void abandon() {
        close();
        List.copyOf(inFlight).forEach(item -> owner.drop(item.work));
    }
}
