package dev.tophalf.runtime.lock;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All locks that are used alike: those that one line initialises, or the one that a declaration defines; each subclass of
 * them by itself. The checker knows classes and not locks, so that it learns from any lock for all of its class.
 */
public final class LockClass {
    final int number;
    final int subclass;
    final String file;
    final WaitType waitType;
    private final String name;

    /** The usages known of it, as {@link Usage} numbers them. */
    int usage;

    final @Nullable LockUse[] usedAt = new LockUse[Usage.COUNT];

    /** The ways of taking it that have been looked at; see {@link LockValidator}. */
    final long[] seen = new long[2];

    /** What was taken with it held. */
    final Map<LockClass, LockOrder> after = new LinkedHashMap<>();

    /** What was held when it was taken. */
    final Map<LockClass, LockOrder> before = new LinkedHashMap<>();

    /** The order that was looked up last, which mostly is the one that is wanted next. */
    @Nullable
    LockOrder latest;

    /** In which search it was last reached, by a path that ends with a recursive reader [1] or not [0]. */
    final int[] reached = new int[2];

    private boolean reported;

    LockClass(int number, String name, int subclass, String file, WaitType waitType) {
        this.number = number;
        this.name = name;
        this.subclass = subclass;
        this.file = file;
        this.waitType = waitType;
    }

    /** As reports call it: its first lock's name, and the subclass after a slash. */
    public String name() {
        return name;
    }

    /** The interrupts that take it: of {@code hard irq} and {@code softirq}. */
    public List<String> takenBy() {
        return contexts(0);
    }

    /** The interrupts that can come where it is held. */
    public List<String> letsIn() {
        return contexts(Usage.ENABLED);
    }

    private List<String> contexts(int direction) {
        return Stream.of(direction, Usage.SOFTIRQ | direction)
                .filter(number -> (usage & Usage.bothModes(number)) != 0)
                .map(Usage::context)
                .toList();
    }

    /** Whether a finding names it. */
    public boolean isReported() {
        return reported;
    }

    void setReported() {
        reported = true;
    }

    void mark(int usageNumber, LockUse use) {
        usage |= Usage.bits(usageNumber);
        usedAt[usageNumber] = use;
    }

    @Override
    public String toString() {
        return name;
    }
}
