package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Timer.timer_list;
import dev.tophalf.linux.kernel.Timers.Base;
import dev.tophalf.runtime.Simulation;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** What the kernel knows of a {@code timer_list} and a driver does not see. */
public final class TimerState extends Callback {
    /** By time of expiry, then in the order of arming. */
    static final Comparator<TimerState> BY_EXPIRY = (a, b) ->
            a.dueTick != b.dueTick ? Long.compare(a.dueTick, b.dueTick) : Long.compare(a.sequence, b.sequence);

    final timer_list timer;
    private boolean setUp;

    /** Where it was armed last. */
    @Nullable
    Base base;

    boolean pending;
    long dueTick;
    long sequence;

    public TimerState(timer_list timer) {
        super(timer, Kind.TIMER);
        this.timer = timer;
    }

    /** Makes it a timer that can be armed and has no history. */
    public void setUp() {
        setUp = true;
        locks.forget();
    }

    public boolean isSetUp() {
        return setUp;
    }

    @Override
    public boolean isArmed() {
        return pending;
    }

    @Override
    @Nullable
    Object function() {
        return timer.function;
    }

    @Override
    void disarm() {
        Timers.of(Simulation.current()).detach(this);
    }
}
