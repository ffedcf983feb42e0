package dev.tophalf.runtime.cpu;

import com.google.common.collect.ImmutableList;
import dev.tophalf.runtime.contract.ContextKind;
import dev.tophalf.runtime.trace.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A simulated CPU: the stack of contexts that it runs, its interrupt flag and its preempt count.
 *
 * <p>The count is laid out as in {@code linux/preempt.h}: bits 0 to 7 preemption off, 8 to 15 softirq, 16 to 19 hard
 * irq. Bit 8 is set while a softirq is served; the bits above it count how often bottom halves are off.
 */
public final class Cpu {
    public static final int PREEMPT_OFFSET = 1;
    public static final int PREEMPT_MASK = 0xff;
    public static final int SOFTIRQ_OFFSET = 1 << 8;
    public static final int SOFTIRQ_MASK = 0xff << 8;
    public static final int SOFTIRQ_DISABLE_OFFSET = 2 * SOFTIRQ_OFFSET;
    public static final int HARDIRQ_OFFSET = 1 << 16;
    public static final int HARDIRQ_MASK = 0xf << 16;

    private static final int KIND_BITS = 3;
    private static final ImmutableList<ContextKind> KINDS = ImmutableList.copyOf(ContextKind.values());

    private final int number;
    private final ExecutionContext idle;
    private final List<ExecutionContext> stack = new ArrayList<>();
    private int preemptCount;
    private boolean irqsOff;
    private Site irqsOffAt = Site.NONE;

    /** A CPU that is idle, with interrupts on. */
    public Cpu(int number) {
        this.number = number;
        this.idle = new ExecutionContext(ExecutionContext.Level.TASK, "swapper/" + number);
        stack.add(idle);
    }

    /** Goes on with a task at the bottom of the stack; whatever was on top of the earlier one is gone. */
    public void run(ExecutionContext task) {
        stack.clear();
        stack.add(task);
    }

    /** Goes idle. */
    public void idle() {
        run(idle);
    }

    /** Which CPU and which context word, as one number below 128. */
    public int placeNumber() {
        return number << KIND_BITS | contextKind().ordinal();
    }

    /** A place as the trace prints it. */
    public static String place(int placeNumber) {
        ContextKind kind = KINDS.get(placeNumber & ((1 << KIND_BITS) - 1));
        return String.format(Locale.ROOT, "cpu%d %-8s", placeNumber >> KIND_BITS, kind.word());
    }

    public int number() {
        return number;
    }

    /** What runs now: the top of the stack. */
    public ExecutionContext context() {
        return stack.get(stack.size() - 1);
    }

    /** The stack, outermost (the task) first. */
    public List<ExecutionContext> stack() {
        return List.copyOf(stack);
    }

    /** The context at a depth of the stack; 0 is the task. */
    public ExecutionContext contextAt(int depth) {
        return stack.get(depth);
    }

    /** How many contexts are on the stack: 1 for a task that nothing interrupts. */
    public int depth() {
        return stack.size();
    }

    public void push(ExecutionContext context) {
        stack.add(context);
    }

    /** Takes {@code context} off the top. */
    public void pop(ExecutionContext context) {
        ExecutionContext top = stack.remove(stack.size() - 1);
        if (top != context) {
            throw new IllegalStateException("cpu" + number + " left " + context.name() + " while in " + top.name());
        }
    }

    public int preemptCount() {
        return preemptCount;
    }

    public void setPreemptCount(int count) {
        preemptCount = count;
    }

    public void addPreemptCount(int offset) {
        preemptCount += offset;
    }

    public boolean irqsOff() {
        return irqsOff;
    }

    public void setIrqsOff(boolean off) {
        irqsOff = off;
    }

    /** Turns interrupts off for a driver at {@code site}. */
    public void disableIrqs(Site site) {
        if (!irqsOff) {
            irqsOffAt = site;
        }
        irqsOff = true;
    }

    /** Where a driver last turned interrupts off. */
    public Site irqsOffAt() {
        return irqsOffAt;
    }

    public boolean inHardirq() {
        return (preemptCount & HARDIRQ_MASK) != 0;
    }

    /** Whether a softirq is being served here, which having bottom halves off is not. */
    public boolean inServingSoftirq() {
        return (preemptCount & SOFTIRQ_OFFSET) != 0;
    }

    /** Whether a softirq is served here, or bottom halves are off. */
    public boolean inSoftirq() {
        return (preemptCount & SOFTIRQ_MASK) != 0;
    }

    /** Whether this is an interrupt, or bottom halves are off. */
    public boolean inInterrupt() {
        return (preemptCount & (HARDIRQ_MASK | SOFTIRQ_MASK)) != 0;
    }

    /** Whether bottom halves are off here. */
    public boolean isBottomHalfOff() {
        return (preemptCount & SOFTIRQ_MASK) >= SOFTIRQ_DISABLE_OFFSET;
    }

    /** The caller's context word, as the reference table defines it. */
    public ContextKind contextKind() {
        if (inHardirq()) {
            return ContextKind.HARDIRQ;
        }
        if (inServingSoftirq()) {
            return ContextKind.SOFTIRQ;
        }
        if (irqsOff) {
            return ContextKind.IRQS_OFF;
        }
        return preemptCount != 0 ? ContextKind.ATOMIC : ContextKind.PROCESS;
    }

    @Override
    public String toString() {
        return "cpu" + number;
    }
}
