package dev.tophalf.runtime.trace;

import dev.tophalf.runtime.cpu.HeldLock;
import java.util.List;

/**
 * A function of a driver returned to the kernel that had called it.
 *
 * @param role what the kernel called it as, such as {@code irq handler}
 * @param function the function's name
 * @param definition where it is defined
 * @param left the locks that it took and did not give back
 * @param irqsLeftOff whether interrupts were on when it was called and are off now
 * @param preemptCountLeft by how much the preempt count has grown beyond what the locks explain
 * @param irqsOffAt the latest place that turned interrupts off, if they were left off
 */
public record Returned(
        String role,
        String function,
        Site definition,
        List<HeldLock> left,
        boolean irqsLeftOff,
        int preemptCountLeft,
        Site irqsOffAt)
        implements TraceRecord {
    @Override
    public String text() {
        return "return from " + role + " " + function + "()";
    }

    @Override
    public int fingerprint() {
        return ~(31 * role.hashCode() + function.hashCode());
    }
}
