package dev.tophalf.runtime.rule;

import dev.tophalf.runtime.contract.ContextKind;
import dev.tophalf.runtime.cpu.Cpu;
import dev.tophalf.runtime.cpu.ExecutionContext;
import dev.tophalf.runtime.cpu.HeldLock;
import dev.tophalf.runtime.trace.Site;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a CPU was in at some moment.
 *
 * @param kind the context word
 * @param cpu the CPU's number
 * @param irqsOff whether interrupts were off
 * @param preemptCount as in {@code linux/preempt.h}
 * @param chain who ran, outermost first: a task, then what interrupted it
 * @param held the locks of the running context and of those below it, in the order of taking
 * @param at the place in a driver where the running context was; null if that is not known
 */
public record ContextSnapshot(
        ContextKind kind,
        int cpu,
        boolean irqsOff,
        int preemptCount,
        List<Frame> chain,
        List<HeldLock> held,
        @Nullable Site at) {

    /** A context whose place is not known. */
    public ContextSnapshot(
            ContextKind kind, int cpu, boolean irqsOff, int preemptCount, List<Frame> chain, List<HeldLock> held) {
        this(kind, cpu, irqsOff, preemptCount, chain, held, null);
    }

    /**
     * A context of the chain.
     *
     * @param level as reports say it
     * @param name a task's name and pid, or what the interrupt serves
     * @param functions the driver functions that the kernel entered there, outermost first
     */
    public record Frame(String level, String name, List<String> functions) {}

    /** What {@code cpu} is in now. */
    public static ContextSnapshot of(Cpu cpu) {
        List<Frame> chain = new ArrayList<>();
        List<HeldLock> held = new ArrayList<>();
        for (ExecutionContext context : cpu.stack()) {
            chain.add(new Frame(context.level().words(), context.name(), List.copyOf(context.functions())));
            held.addAll(context.held());
        }
        return new ContextSnapshot(
                cpu.contextKind(),
                cpu.number(),
                cpu.irqsOff(),
                cpu.preemptCount(),
                List.copyOf(chain),
                held,
                cpu.context().site());
    }

    /** Who runs: the innermost context. */
    public Frame running() {
        return chain.get(chain.size() - 1);
    }

    /** The context in words, such as {@code process context on cpu0 with irqs off}. */
    public String words() {
        String words = running().level() + " on cpu" + cpu;
        boolean worthSaying = irqsOff && kind != ContextKind.HARDIRQ;
        return worthSaying ? words + " with irqs off" : words;
    }
}
