package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.cpu.HoldableLock;
import dev.tophalf.runtime.trace.Site;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The locks that a function takes, and those held by who waits for its end. A lock that is both deadlocks. */
final class LockHistory {
    private final Set<HoldableLock> taken = new LinkedHashSet<>();
    private final Map<HoldableLock, Site> waitedUnder = new LinkedHashMap<>();

    /** The function takes {@code lock}: where somebody waited with it held, if this is the first time and one did. */
    @Nullable
    Site take(HoldableLock lock) {
        return taken.add(lock) ? waitedUnder.get(lock) : null;
    }

    /** Somebody at {@code site} waits with {@code lock} held. Returns whether the function takes it. */
    boolean waitUnder(HoldableLock lock, Site site) {
        waitedUnder.putIfAbsent(lock, site);
        return taken.contains(lock);
    }

    void forget() {
        taken.clear();
        waitedUnder.clear();
    }
}
