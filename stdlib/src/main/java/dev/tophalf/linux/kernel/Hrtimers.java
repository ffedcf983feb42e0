package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Hrtimer;
import dev.tophalf.linux.Hrtimer.hrtimer_callback_t;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DriverEntry;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.irq.LocalTimer.Alarm;
import dev.tophalf.runtime.irq.Softirq;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The high resolution timers that are started, and who expires them ({@code kernel/time/hrtimer.c}).
 *
 * <p>Each CPU has a base for those that expire in the interrupt of its own timer and one for those that wait for the
 * softirq after it. A base runs what may expire now, first what has to expire first; Linux does the same clock by clock.
 */
public final class Hrtimers {
    private final Simulation simulation;
    private final Callbacks callbacks;
    private final List<Base> hard = new ArrayList<>();
    private final List<Base> soft = new ArrayList<>();
    private long nextSequence;

    private Hrtimers(Simulation simulation) {
        this.simulation = simulation;
        this.callbacks = Callbacks.of(simulation);
        for (Cpu cpu : simulation.cpus()) {
            hard.add(new Base(cpu, false));
            soft.add(new Base(cpu, true));
        }
        callbacks.add(this::armed);
        simulation
                .softirqs()
                .open(Softirq.HRTIMER, () -> soft.get(simulation.cpu().number()).expire());
    }

    /** The timers of {@code simulation}. */
    public static Hrtimers of(Simulation simulation) {
        return simulation.part(Hrtimers.class, Hrtimers::new);
    }

    private List<HrtimerState> armed() {
        return Stream.concat(hard.stream(), soft.stream())
                .flatMap(base -> base.queue.stream())
                .toList();
    }

    /** Queues a timer on this CPU, or where its function runs now, to expire at the time that it says. */
    public void start(HrtimerState timer) {
        remove(timer);
        Base here = (timer.isSoft() ? soft : hard).get(simulation.cpu().number());
        enqueue(timer, isRunning(timer) && timer.base != null ? timer.base : here);
    }

    private void enqueue(HrtimerState timer, Base base) {
        timer.dueNs = timer.sinceBoot(timer.expires());
        timer.sequence = nextSequence++;
        timer.queued = true;
        timer.base = base;
        callbacks.arm(timer);
        base.queue.add(timer);
        base.setClock();
    }

    /** Takes a timer off its queue; whether it was on it. */
    public boolean remove(HrtimerState timer) {
        Base base = timer.base;
        if (!timer.queued || base == null) {
            return false;
        }
        base.queue.remove(timer);
        timer.queued = false;
        base.setClock();
        return true;
    }

    /** Whether the function of a timer runs. */
    public boolean isRunning(HrtimerState timer) {
        return callbacks.isRunning(timer);
    }

    /** Takes a timer off its queue when its function has ended; whether it was on it. */
    public boolean removeSync(HrtimerState timer, String call) {
        callbacks.awaitEnd(timer, call);
        return remove(timer);
    }

    /** The timers of one CPU that expire in the same context. */
    final class Base {
        private final Cpu cpu;
        private final boolean inSoftirq;
        private final Alarm alarm;
        private final TreeSet<HrtimerState> queue = new TreeSet<>(HrtimerState.BY_EXPIRY);

        private Base(Cpu cpu, boolean inSoftirq) {
            this.cpu = cpu;
            this.inSoftirq = inSoftirq;
            this.alarm = simulation.irqs().localTimer(cpu).alarm(this::interrupt);
        }

        private void setClock() {
            if (queue.isEmpty()) {
                alarm.stop();
            } else {
                alarm.set(queue.first().dueNs);
            }
        }

        private void interrupt() {
            if (inSoftirq) {
                simulation.softirqs().raise(Softirq.HRTIMER);
            } else {
                expire();
            }
        }

        /** Runs what may expire by now; what is started meanwhile and may expire later waits for another interrupt. */
        private void expire() {
            long nowNs = simulation.nowNs();
            while (!queue.isEmpty() && queue.first().sinceBoot(queue.first().earliest()) <= nowNs) {
                HrtimerState timer = queue.first();
                hrtimer_callback_t function = timer.timer.function;
                remove(timer);
                if (function != null) {
                    run(timer, function);
                }
            }
            setClock();
        }

        private void run(HrtimerState timer, hrtimer_callback_t function) {
            long expired = timer.expires();
            callbacks.begin(timer);
            boolean again = DriverEntry.call("hrtimer", function, () -> function.expire(timer.timer))
                    != Hrtimer.HRTIMER_NORESTART;
            callbacks.end();
            if (again && !timer.queued) {
                restart(timer, function, expired);
            }
        }

        /** A timer that expires when it has just expired would keep the CPU here for ever. */
        private void restart(HrtimerState timer, hrtimer_callback_t function, long expired) {
            if (timer.expires() > expired) {
                enqueue(timer, this);
                return;
            }
            Misuses.report(
                    "hrtimer-not-forwarded",
                    DriverEntry.definition(function).function() + "() returned HRTIMER_RESTART, but " + timer.name()
                            + " still expires when it did",
                    "watchdog: Watchdog detected hard LOCKUP on cpu " + cpu.number(),
                    DriverEntry.definition(function),
                    "call hrtimer_forward_now() before returning HRTIMER_RESTART");
        }
    }
}
