package dev.tophalf.runtime.irq;

import dev.tophalf.runtime.time.VirtualClock;
import dev.tophalf.runtime.time.VirtualClock.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CPU's own timer. Each of its users has an {@link Alarm}; it interrupts the CPU at the earliest time that one of
 * them is set to.
 */
public final class LocalTimer {
    private static final long NEVER = Long.MAX_VALUE;

    private final VirtualClock clock;
    private final List<Alarm> alarms = new ArrayList<>();
    private @Nullable Event event;
    private boolean pending;

    LocalTimer(VirtualClock clock) {
        this.clock = clock;
    }

    /** A user of the timer: it is set to a time or to none, and goes off once. */
    public final class Alarm {
        private final Runnable handler;
        private long dueNs = NEVER;

        private Alarm(Runnable handler) {
            this.handler = handler;
        }

        /** Sets it to a time, whatever it was set to before; one that is over is now. */
        public void set(long newDueNs) {
            dueNs = Math.max(newDueNs, clock.nowNs());
            program();
        }

        /** Sets it to no time. */
        public void stop() {
            dueNs = NEVER;
            program();
        }
    }

    /** An alarm that is not set yet and runs {@code handler} in hard irq context. */
    public Alarm alarm(Runnable handler) {
        Alarm alarm = new Alarm(handler);
        alarms.add(alarm);
        return alarm;
    }

    /** Sets the clock event to the earliest alarm. An interrupt that was raised already stays. */
    private void program() {
        long dueNs = alarms.stream().mapToLong(alarm -> alarm.dueNs).min().orElse(NEVER);
        if (event != null && event.dueNs() == dueNs) {
            return;
        }
        if (event != null) {
            event.cancel();
        }
        event = dueNs == NEVER ? null : clock.at(dueNs, "local timer", this::expire);
    }

    private void expire() {
        event = null;
        pending = true;
    }

    /** Whether it is set, so that something will happen without anybody's doing. */
    public boolean isSet() {
        return event != null;
    }

    boolean isPending() {
        return pending;
    }

    void acknowledge() {
        pending = false;
    }

    /** Runs the alarms that go off now, and sets the clock event to the next one. */
    void handle() {
        long nowNs = clock.nowNs();
        for (Alarm alarm : List.copyOf(alarms)) {
            if (alarm.dueNs <= nowNs) {
                alarm.dueNs = NEVER;
                alarm.handler.run();
            }
        }
        program();
    }
}
