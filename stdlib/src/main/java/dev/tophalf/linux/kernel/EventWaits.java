package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.sched.Scheduler;
import dev.tophalf.runtime.trace.Site;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The waits for a condition that are under way. When nothing can happen any more, every waiter looks once more, as the
 * kernel allows at any time; who finds his condition true has missed a wake-up.
 */
public final class EventWaits {
    private final Scheduler scheduler;
    private final Set<EventWait> waits = new LinkedHashSet<>();

    private EventWaits(Simulation simulation) {
        scheduler = simulation.scheduler();
        scheduler.setWhenQuiet(this::look);
    }

    /** The waits of {@code simulation}. */
    public static EventWaits of(Simulation simulation) {
        return simulation.part(EventWaits.class, EventWaits::new);
    }

    void add(EventWait wait) {
        waits.add(wait);
    }

    void remove(EventWait wait) {
        waits.remove(wait);
    }

    private boolean look() {
        waits.forEach(wait -> wait.look(scheduler));
        return !waits.isEmpty();
    }

    /** Memory is freed: nobody may wait in it. */
    public void freed(Object struct) {
        Site site = Simulation.current().site();
        String where = site.equals(Site.NONE) ? "" : " at " + site;
        for (EventWait wait : List.copyOf(waits)) {
            wait.freed(struct, where);
        }
    }
}
