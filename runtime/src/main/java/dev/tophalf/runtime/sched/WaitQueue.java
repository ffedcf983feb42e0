package dev.tophalf.runtime.sched;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Tasks that wait until something is true, woken in the order of coming. */
public final class WaitQueue {
    private final Scheduler scheduler;
    private final List<Task> waiters = new ArrayList<>();

    public WaitQueue(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Blocks the current task until {@code condition} holds; {@code what} says what it waits for. */
    public void await(String what, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Task current = scheduler.current();
            if (current != null) {
                waiters.add(current);
            }
            scheduler.block(what);
        }
    }

    /** Lets every waiting task look again. */
    public void wakeAll() {
        List<Task> woken = List.copyOf(waiters);
        waiters.clear();
        woken.forEach(scheduler::wake);
    }
}
