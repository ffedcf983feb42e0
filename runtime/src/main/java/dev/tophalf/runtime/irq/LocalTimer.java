package dev.tophalf.runtime.irq;

import dev.tophalf.runtime.time.VirtualClock;
import dev.tophalf.runtime.time.VirtualClock.Event;
import org.jspecify.annotations.Nullable;

/** A CPU's own timer: it interrupts the CPU once, at the time that it was set to, and stops with that. */
public final class LocalTimer {
    private final VirtualClock clock;
    private Runnable handler = () -> {};
    private @Nullable Event event;
    private boolean pending;

    LocalTimer(VirtualClock clock) {
        this.clock = clock;
    }

    /** Says what to run in hard irq context when it interrupts. */
    public void setHandler(Runnable newHandler) {
        handler = newHandler;
    }

    /** Sets it to a time, whatever it was set to before. */
    public void set(long dueNs) {
        if (event != null && event.dueNs() == dueNs) {
            return;
        }
        stop();
        event = clock.at(dueNs, "local timer", this::expire);
    }

    /** Sets it to no time. An interrupt that it has raised already stays. */
    public void stop() {
        if (event != null) {
            event.cancel();
            event = null;
        }
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

    Runnable handler() {
        return handler;
    }
}
