package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Jiffies;
import dev.tophalf.linux.Timer;
import dev.tophalf.linux.Timer.timer_callback_t;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DriverEntry;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.irq.LocalTimer.Alarm;
import dev.tophalf.runtime.irq.Softirq;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The timers that are armed, and who expires them ({@code kernel/time/timer.c}).
 *
 * <p>Each CPU has a base. Its own timer is set to the tick of the earliest one there; that interrupt raises the timer
 * softirq, which runs what is due: by time of expiry, then in the order of arming. Linux says nothing about that order.
 */
public final class Timers {
    /** The furthest that a timer can be from now, as with {@code WHEEL_TIMEOUT_MAX}. */
    private static final long MOST_TICKS = 62L << 24;

    private final Simulation simulation;
    private final Callbacks callbacks;
    private final List<Base> bases = new ArrayList<>();
    private long nextSequence;

    private Timers(Simulation simulation) {
        this.simulation = simulation;
        this.callbacks = Callbacks.of(simulation);
        simulation.cpus().forEach(cpu -> bases.add(new Base(cpu)));
        callbacks.add(this::armed);
        simulation.softirqs().open(Softirq.TIMER, () -> here().expire());
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

    private List<TimerState> armed() {
        return bases.stream().flatMap(base -> base.queue.stream()).toList();
    }

    private Base here() {
        return bases.get(simulation.cpu().number());
    }

    /** Arms a timer on this CPU; 1 if it was pending. One that was shut down stays quiet. */
    public int arm(TimerState timer, long expires, Arming arming) {
        boolean was = timer.pending;
        boolean refused = timer.timer.function == null || (arming == Arming.ONLY_PENDING && !was);
        if (refused) {
            return 0;
        }
        long later = expires - timer.timer.expires;
        boolean stays = was && (later == 0 || (arming == Arming.EARLIER && later > 0));
        if (!stays) {
            detach(timer);
            timer.timer.expires = expires;
            enqueue(timer, isRunning(timer) && timer.base != null ? timer.base : here());
        }
        return was ? 1 : 0;
    }

    /** Arms a timer that is not pending on {@code cpu}, at the time that it says itself. */
    public void armOn(TimerState timer, Cpu cpu) {
        if (timer.timer.function != null) {
            enqueue(timer, bases.get(cpu.number()));
        }
    }

    /** Queues a timer, which was not, for the first tick from the next one on that is not before it expires. */
    private void enqueue(TimerState timer, Base base) {
        long now = Jiffies.jiffies();
        timer.dueTick = now + Math.max(1, Math.min(timer.timer.expires - now, MOST_TICKS));
        timer.sequence = nextSequence++;
        timer.pending = true;
        timer.base = base;
        callbacks.arm(timer);
        base.queue.add(timer);
        base.setClock();
    }

    /** Takes a timer off its queue; whether it was on it. */
    public boolean detach(TimerState timer) {
        Base base = timer.base;
        if (!timer.pending || base == null) {
            return false;
        }
        base.queue.remove(timer);
        timer.pending = false;
        base.setClock();
        return true;
    }

    /** Whether the callback of a timer runs. */
    public boolean isRunning(TimerState timer) {
        return callbacks.isRunning(timer);
    }

    /** Takes a timer off its queue when its callback has ended; whether it was on it. */
    public boolean detachSync(TimerState timer, String call) {
        callbacks.awaitEnd(timer, call);
        return detach(timer);
    }

    /** The timers of one CPU. */
    final class Base {
        private final Cpu cpu;
        private final Alarm alarm;
        private final TreeSet<TimerState> queue = new TreeSet<>(TimerState.BY_EXPIRY);

        private Base(Cpu cpu) {
            this.cpu = cpu;
            this.alarm = simulation.irqs().localTimer(cpu).alarm(this::tick);
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
                timer_callback_t function = timer.timer.function;
                detach(timer);
                if (function != null) {
                    run(timer, function);
                }
            }
            setClock();
        }

        private void run(TimerState timer, timer_callback_t function) {
            cpu.setIrqsOff((timer.timer.flags & Timer.TIMER_IRQSAFE) != 0);
            callbacks.begin(timer);
            DriverEntry.run("timer", function, () -> function.expire(timer.timer));
            callbacks.end();
            cpu.setIrqsOff(false);
        }
    }
}
