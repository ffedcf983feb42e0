package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Jiffies;
import dev.tophalf.linux.Timer;
import dev.tophalf.linux.Timer.timer_callback_t;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DriverEntry;
import dev.tophalf.runtime.cpu.Awaited;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.cpu.HeldLock;
import dev.tophalf.runtime.cpu.HoldableLock;
import dev.tophalf.runtime.irq.LocalTimer;
import dev.tophalf.runtime.irq.Softirq;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.trace.Site;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The timers that are armed, and who expires them ({@code kernel/time/timer.c}).
 *
 * <p>The CPU's own timer is set to the tick of the earliest one. Its interrupt raises the timer softirq, which runs
 * what is due: by time of expiry, then in the order of arming. Linux says nothing about that order.
 */
public final class Timers {
    /** The furthest that a timer can be from now, as with {@code WHEEL_TIMEOUT_MAX}. */
    private static final long MOST_TICKS = 62L << 24;

    private final Simulation simulation;
    private final TreeSet<TimerState> queue = new TreeSet<>(TimerState.BY_EXPIRY);
    private @Nullable TimerState running;
    private @Nullable ExecutionContext runner;
    private long nextSequence;
    private final LocalTimer.Alarm alarm;

    private Timers(Simulation simulation) {
        this.simulation = simulation;
        simulation.softirqs().open(Softirq.TIMER, this::expire);
        alarm = simulation.irqs().localTimer().alarm(this::tick);
    }

    /** The timers of {@code simulation}. */
    public static Timers of(Simulation simulation) {
        return simulation.part(Timers.class, Timers::new);
    }

    /** What to do with a timer that is pending, or that is not. */
    public enum Arming {
        ANY,
        ONLY_PENDING,
        EARLIER
    }

    /** Arms a timer; 1 if it was pending. One that was shut down stays quiet. */
    public int arm(TimerState timer, long expires, Arming arming) {
        boolean was = timer.pending;
        boolean refused = timer.timer.function == null || (arming == Arming.ONLY_PENDING && !was);
        if (refused) {
            return 0;
        }
        long later = expires - timer.timer.expires;
        boolean stays = was && (later == 0 || (arming == Arming.EARLIER && later > 0));
        if (!stays) {
            queue.remove(timer);
            timer.timer.expires = expires;
            enqueue(timer, expires);
        }
        return was ? 1 : 0;
    }

    /** Queues a timer, which was not, for the first tick from the next one on that is not before {@code expires}. */
    private void enqueue(TimerState timer, long expires) {
        long now = Jiffies.jiffies();
        timer.dueTick = now + Math.max(1, Math.min(expires - now, MOST_TICKS));
        timer.sequence = nextSequence++;
        timer.pending = true;
        timer.armedAt = simulation.site();
        queue.add(timer);
        setClock();
    }

    /** Takes a timer off the queue; whether it was on it. */
    public boolean detach(TimerState timer) {
        if (!timer.pending) {
            return false;
        }
        queue.remove(timer);
        timer.pending = false;
        setClock();
        return true;
    }

    /** Whether the callback of a timer runs. */
    public boolean isRunning(TimerState timer) {
        return running == timer;
    }

    /**
     * Takes a timer off the queue when its callback has ended; whether it was on it. That callback cannot end where
     * this CPU itself has interrupted it, or runs it.
     */
    public boolean detachSync(TimerState timer, String call) {
        ExecutionContext callback = runner;
        if (running == timer && callback != null && !simulation.cpu().stack().contains(callback)) {
            simulation
                    .scheduler()
                    .spin(new Awaited("the callback of " + timer.name(), () -> running != timer, () -> callback));
        }
        if (running == timer) {
            Misuses.report(
                    "timer-sync-deadlock",
                    call + " in the callback of " + timer.name() + " waits for that callback to end",
                    "watchdog: BUG: soft lockup",
                    "use timer_delete() or timer_shutdown() in the callback, or do not arm the timer again");
            throw simulation.gate().killCurrent("deadlock on " + timer.name());
        }
        for (ExecutionContext context : simulation.cpu().stack()) {
            context.held().forEach(held -> waitUnder(timer, held, call));
        }
        return detach(timer);
    }

    private void waitUnder(TimerState timer, HeldLock held, String call) {
        timer.waitedUnder.putIfAbsent(held.lock(), simulation.site());
        if (timer.taken.contains(held.lock())) {
            reportLock(call + " of " + timer.name() + " waits with "
                    + held.lock().lockName() + " held, which the timer's callback takes");
        }
    }

    /** A spinlock was taken: by a callback, if one runs and nothing has interrupted it. */
    public void lockTaken(HoldableLock lock) {
        TimerState timer = running;
        if (timer == null || simulation.cpu().context() != runner || !timer.taken.add(lock)) {
            return;
        }
        Site waited = timer.waitedUnder.get(lock);
        if (waited != null) {
            reportLock("the callback of " + timer.name() + " takes " + lock.lockName() + ", which is held at " + waited
                    + " by who waits for the callback");
        }
    }

    private static void reportLock(String message) {
        Misuses.report(
                "timer-sync-deadlock",
                message,
                "WARNING: possible circular locking dependency detected",
                "release the lock before waiting for the callback");
    }

    private void setClock() {
        if (queue.isEmpty()) {
            alarm.stop();
        } else {
            alarm.set(Jiffies.toNs(queue.first().dueTick));
        }
    }

    private boolean isDue(long tick) {
        return !queue.isEmpty() && queue.first().dueTick <= tick;
    }

    /** The CPU's timer interrupts. */
    private void tick() {
        if (isDue(Jiffies.jiffies())) {
            simulation.softirqs().raise(Softirq.TIMER);
        } else {
            setClock();
        }
    }

    /** Runs what is due now; what becomes due meanwhile waits for another interrupt. */
    private void expire() {
        long tick = Jiffies.jiffies();
        while (isDue(tick)) {
            TimerState timer = queue.first();
            queue.remove(timer);
            timer.pending = false;
            timer_callback_t function = timer.timer.function;
            if (function != null) {
                run(timer, function);
            }
        }
        setClock();
    }

    private void run(TimerState timer, timer_callback_t function) {
        Cpu cpu = simulation.cpu();
        running = timer;
        runner = cpu.context();
        cpu.setIrqsOff((timer.timer.flags & Timer.TIMER_IRQSAFE) != 0);
        DriverEntry.run("timer", function, () -> function.expire(timer.timer));
        cpu.setIrqsOff(false);
        running = null;
        runner = null;
    }

    /** Memory is freed: no timer in it may be pending. */
    public void freed(Object struct) {
        Site site = simulation.site();
        String where = site.equals(Site.NONE) ? "" : " at " + site;
        for (TimerState timer : List.copyOf(queue)) {
            if (EmbeddedStruct.isIn(timer.timer, struct)) {
                reportPending(
                        timer,
                        "struct " + struct.getClass().getSimpleName() + " is freed" + where + " with " + timer.name()
                                + " pending",
                        "ODEBUG: free active (active state 0) object type: timer_list");
            }
        }
    }

    /** A module is unloaded: no timer may call into it. */
    public void unloaded(String module, String file) {
        for (TimerState timer : List.copyOf(queue)) {
            timer_callback_t function = timer.timer.function;
            if (function != null && DriverEntry.definition(function).file().equals(file)) {
                reportPending(
                        timer,
                        module + " is unloaded with " + timer.name() + " pending",
                        "BUG: unable to handle page fault for address");
            }
        }
    }

    private void reportPending(TimerState timer, String message, String linux) {
        Misuses.report(
                "missing-cancel",
                message,
                linux,
                timer.armedAt,
                "call timer_shutdown_sync() in the driver's remove or exit function");
        detach(timer);
    }
}
