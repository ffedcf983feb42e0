package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Timer.timer_list;
import dev.tophalf.runtime.cpu.HoldableLock;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.trace.Site;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What the kernel knows of a {@code timer_list} and a driver does not see. */
public final class TimerState {
    /** By time of expiry, then in the order of arming. */
    static final Comparator<TimerState> BY_EXPIRY =
            Comparator.<TimerState>comparingLong(timer -> timer.dueTick).thenComparingLong(timer -> timer.sequence);

    final timer_list timer;

    /** The locks that its callback has taken. */
    final Set<HoldableLock> taken = new LinkedHashSet<>();

    /** The locks that were held by who waited for its callback, each with where that was. */
    final Map<HoldableLock, Site> waitedUnder = new LinkedHashMap<>();

    Site armedAt = Site.NONE;
    private boolean setUp;
    boolean pending;
    long dueTick;
    long sequence;

    public TimerState(timer_list timer) {
        this.timer = timer;
    }

    /** Makes it a timer that can be armed and has no history. */
    public void setUp() {
        setUp = true;
        taken.clear();
        waitedUnder.clear();
    }

    public boolean isSetUp() {
        return setUp;
    }

    public boolean isPending() {
        return pending;
    }

    /** As reports call it. */
    String name() {
        return EmbeddedStruct.nameOf(timer);
    }
}
