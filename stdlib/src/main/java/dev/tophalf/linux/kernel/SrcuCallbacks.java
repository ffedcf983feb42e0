package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.sched.Sleep;
import dev.tophalf.runtime.sched.WaitQueue;
import dev.tophalf.runtime.trace.Site;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is called when readers who may sleep have ended, one after the other, by a task and with softirqs off. */
public final class SrcuCallbacks {
    private final Simulation simulation;
    private final WaitQueue changes;
    private final Map<Object, Queued> queued = new LinkedHashMap<>();
    private @Nullable Queued running;
    private boolean hasTask;
    private long number;

    /** A callback, and whom it waits for. */
    private record Queued(SleepableRcu domain, List<SleepableRcu.Reader> awaited, RcuCallback callback) {
        boolean isDue() {
            return domain.isOver(awaited);
        }
    }

    private SrcuCallbacks(Simulation simulation) {
        this.simulation = simulation;
        this.changes = new WaitQueue(simulation.scheduler());
    }

    /** Those of {@code simulation}. */
    public static SrcuCallbacks of(Simulation simulation) {
        return simulation.part(SrcuCallbacks.class, SrcuCallbacks::new);
    }

    /** Where everybody waits who waits for readers or for callbacks. */
    WaitQueue changes() {
        return changes;
    }

    void readerEnded() {
        changes.wakeAll();
    }

    /** Lets {@code function}, which {@code run} calls, be called when everybody who reads {@code domain} now has ended. */
    public void call(SleepableRcu domain, Object head, Object function, Runnable run) {
        RcuCallback callback = new RcuCallback(simulation.cpu(), 0, ++number, head, function, simulation.site(), run);
        queued.put(head, new Queued(domain, domain.beginGracePeriod(), callback));
        if (!hasTask) {
            hasTask = true;
            simulation.scheduler().spawn("rcu_gp", this::loop);
        }
        changes.wakeAll();
    }

    /** Where {@code head} was queued, if it is and was not called yet. */
    public @Nullable Site queuedAt(Object head) {
        Queued known = queued.get(head);
        return known == null ? null : known.callback.queuedAt();
    }

    boolean isPending(SleepableRcu domain) {
        return isPending(domain, Long.MAX_VALUE);
    }

    private boolean isPending(SleepableRcu domain, long last) {
        return Stream.concat(Stream.ofNullable(running), queued.values().stream())
                .anyMatch(each -> each.domain == domain && each.callback.number() <= last);
    }

    /** Sleeps until everything that was queued for {@code domain} by now has been called. */
    public void barrier(SleepableRcu domain) {
        long last = number;
        changes.await(
                Awaited.of("callbacks of " + domain.lockName(), () -> !isPending(domain, last)), Sleep.UNINTERRUPTIBLE);
    }

    private void loop() {
        try {
            while (true) {
                changes.awaitIdle("readers", () -> due() != null);
                Queued next = due();
                if (next != null) {
                    run(next);
                }
            }
        } finally {
            hasTask = false;
        }
    }

    private void run(Queued next) {
        queued.remove(next.callback.head()); // from now on its memory may be queued anew
        running = next;
        Nesting.disableSoftirqs(simulation.cpu());
        try {
            next.callback.invoke("srcu callback");
        } finally {
            running = null;
            changes.wakeAll();
        }
        Cpu cpu = simulation.cpu();
        cpu.addPreemptCount(Cpu.PREEMPT_OFFSET - Cpu.SOFTIRQ_DISABLE_OFFSET);
        simulation.softirqs().serve(cpu);
        cpu.addPreemptCount(-Cpu.PREEMPT_OFFSET);
    }

    private @Nullable Queued due() {
        return queued.values().stream().filter(Queued::isDue).findFirst().orElse(null);
    }

    /** A module is unloaded: nothing may be called in it any more. */
    public void unloaded(String module, String file) {
        List<RcuCallback> callbacks =
                new ArrayList<>(queued.values().stream().map(Queued::callback).toList());
        Set<RcuCallback> gone = new LinkedHashSet<>(RcuCallback.unloaded(callbacks, module, file, "srcu_barrier()"));
        queued.values().removeIf(each -> gone.contains(each.callback));
    }
}
