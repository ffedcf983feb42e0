package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.cpu.HeldLock;
import dev.tophalf.runtime.lock.LockClass;
import java.util.List;

/** How often the caller may take and turn off without giving back, before the kernel loses count: then he is ended. */
public final class Nesting {
    /** {@code MAX_LOCK_DEPTH}, of which several of one class in a row count as one, as with a lock around them. */
    private static final int MOST_LOCKS = 48;

    /** As many where nobody proves locks. */
    private static final int MOST_UNCHECKED_LOCKS = 1000;

    /** Where the eight bits of a count are nearly used up, as Linux sees it. */
    private static final int MARGIN = 10;

    private Nesting() {}

    /** Notes that the caller, who is in {@code context}, has {@code lock}. */
    static void take(HeldLock lock, ExecutionContext context) {
        List<HeldLock> held = context.held();
        held.add(lock);
        if (held.size() > MOST_LOCKS && isTooMany(held)) {
            end(
                    "too-many-locks",
                    lock.lock().lockName() + " is taken with " + (held.size() - 1) + " others held",
                    "BUG: MAX_LOCK_DEPTH too low!",
                    "give each back on the same way through the function; where many of one kind are needed, one lock"
                            + " around them does");
        }
    }

    private static boolean isTooMany(List<HeldLock> held) {
        if (held.size() > MOST_UNCHECKED_LOCKS) {
            return true;
        }
        int counted = 0;
        for (int i = 0; i < held.size(); i++) {
            LockClass known = held.get(i).lockClass();
            boolean isCounted = known == null
                    ? held.get(i).lock() instanceof RcuReader
                    : i == 0 || !known.equals(held.get(i - 1).lockClass());
            counted += isCounted ? 1 : 0;
        }
        return counted > MOST_LOCKS;
    }

    /** Turns preemption off once more on {@code cpu}, which is the caller's. */
    public static void disablePreemption(Cpu cpu) {
        cpu.addPreemptCount(Cpu.PREEMPT_OFFSET);
        if ((cpu.preemptCount() & Cpu.PREEMPT_MASK) >= Cpu.PREEMPT_MASK - MARGIN) {
            overflow("preemption is", "preempt_enable()");
        }
    }

    /** Turns softirqs off once more on {@code cpu}, which is the caller's. */
    public static void disableSoftirqs(Cpu cpu) {
        cpu.addPreemptCount(Cpu.SOFTIRQ_DISABLE_OFFSET);
        int margin = MARGIN * Cpu.SOFTIRQ_DISABLE_OFFSET;
        if ((cpu.preemptCount() & Cpu.SOFTIRQ_MASK) >= Cpu.SOFTIRQ_MASK - margin) {
            overflow("softirqs are", "local_bh_enable()");
        }
    }

    private static void overflow(String what, String remedy) {
        end(
                "preempt-count-overflow",
                what + " turned off so often that the count has no room for more",
                "DEBUG_LOCKS_WARN_ON((preempt_count() & PREEMPT_MASK) >= PREEMPT_MASK - 10)",
                "take each back with " + remedy + " on the same way through the function");
    }

    private static void end(String rule, String message, String linux, String advice) {
        Misuses.report(rule, message, linux, advice);
        throw Simulation.current().gate().killCurrent("nested too deep");
    }
}
