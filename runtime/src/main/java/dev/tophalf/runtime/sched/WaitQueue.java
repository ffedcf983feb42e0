package dev.tophalf.runtime.sched;

import dev.tophalf.runtime.cpu.Awaited;
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
        await(Awaited.of(what, condition), Sleep.UNINTERRUPTIBLE);
    }

    /** As {@link #await(String, BooleanSupplier)}, for who has nothing else to do: he may wait as long as he likes. */
    public void awaitIdle(String what, BooleanSupplier condition) {
        await(Awaited.of(what, condition), Sleep.IDLE);
    }

    /**
     * Blocks the current task until the awaited condition holds or, if {@code sleep} lets it, a signal comes.
     *
     * @param sleep how it sleeps: bits of {@link Sleep}
     * @return false if a signal ended the wait
     */
    public boolean await(Awaited awaited, int sleep) {
        while (!awaited.condition().getAsBoolean()) {
            Task task = scheduler.current();
            if (task != null) {
                task.setSleep(sleep);
                if (task.isSignalled()) {
                    task.setSleep(Sleep.NONE);
                    return false;
                }
                waiters.add(task);
            }
            scheduler.block(awaited);
            waiters.remove(task);
        }
        return true;
    }

    /** Lets every waiting task look again. */
    public void wakeAll() {
        List<Task> woken = List.copyOf(waiters);
        waiters.clear();
        woken.forEach(scheduler::wake);
    }
}
