package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.sched.Scheduler;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Finds who sleeps though what he waits for is there. When nothing can happen any more, every sleeper looks once more,
 * as the kernel allows at any time; who finds his condition true has missed a wake-up, and sleeps on.
 */
final class LostWakeups {
    private final Scheduler scheduler;
    private final Set<Waiter> sleepers = new LinkedHashSet<>();

    private LostWakeups(Simulation simulation) {
        scheduler = simulation.scheduler();
        scheduler.setWhenQuiet(this::look);
    }

    static LostWakeups of(Simulation simulation) {
        return simulation.part(LostWakeups.class, LostWakeups::new);
    }

    /** Somebody sleeps until he is woken. */
    void add(Waiter waiter) {
        sleepers.add(waiter);
    }

    void remove(Waiter waiter) {
        sleepers.remove(waiter);
    }

    private boolean look() {
        sleepers.forEach(waiter -> waiter.look(scheduler));
        return !sleepers.isEmpty();
    }
}
