package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Hrtimer.hrtimer;
import dev.tophalf.linux.kernel.Hrtimers.Base;
import dev.tophalf.runtime.Simulation;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** What the kernel knows of an {@code hrtimer} and a driver does not see. */
public final class HrtimerState extends Callback {
    /** By the time since boot at which it has to expire, then in the order of starting. */
    static final Comparator<HrtimerState> BY_EXPIRY =
            (a, b) -> a.dueNs != b.dueNs ? Long.compare(a.dueNs, b.dueNs) : Long.compare(a.sequence, b.sequence);

    final hrtimer timer;
    private boolean setUp;
    private boolean soft;
    private long clockOffset;
    private long earliest;
    private long expires;

    /** Where it was started last. */
    @Nullable
    Base base;

    boolean queued;
    long dueNs;
    long sequence;

    public HrtimerState(hrtimer timer) {
        super(timer, Kind.HRTIMER);
        this.timer = timer;
    }

    /**
     * Makes it a timer that can be started and has no history.
     *
     * @param newClockOffset how far its clock is ahead of the time since boot
     * @param newSoft whether its function runs in softirq context
     */
    public void setUp(long newClockOffset, boolean newSoft) {
        setUp = true;
        clockOffset = newClockOffset;
        soft = newSoft;
        setExpires(0, 0);
        locks.forget();
    }

    public boolean isSetUp() {
        return setUp;
    }

    public boolean isSoft() {
        return soft;
    }

    @Override
    public boolean isArmed() {
        return queued;
    }

    /** The time of its clock. */
    public long now() {
        return Simulation.current().nowNs() + clockOffset;
    }

    /** When it has to expire, by its clock. */
    public long expires() {
        return expires;
    }

    /** When it may expire, by its clock. */
    public long earliest() {
        return earliest;
    }

    /** Says when it may expire, and when it has to. */
    public void setExpires(long newEarliest, long newExpires) {
        earliest = newEarliest;
        expires = newExpires;
    }

    /** The time since boot at which its clock shows {@code time}. */
    long sinceBoot(long time) {
        return time - clockOffset;
    }

    @Override
    @Nullable
    Object function() {
        return timer.function;
    }

    @Override
    void disarm() {
        Hrtimers.of(Simulation.current()).remove(this);
    }
}
