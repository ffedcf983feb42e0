package dev.tophalf.runtime.rule.builtin;

import dev.tophalf.runtime.contract.ContextKind;
import dev.tophalf.runtime.contract.Contract;
import dev.tophalf.runtime.contract.Sleeps;
import dev.tophalf.runtime.cpu.HeldLock;
import dev.tophalf.runtime.irq.Softirq;
import dev.tophalf.runtime.rule.Finding;
import dev.tophalf.runtime.rule.Moment;
import dev.tophalf.runtime.rule.Rule;
import dev.tophalf.runtime.trace.Call;
import java.util.List;

/** Reports a call that may sleep while the CPU may not be given up; RCU callbacks have a rule of their own. */
public final class SleepInAtomic implements Rule {
    @Override
    public String id() {
        return "sleep-in-atomic";
    }

    @Override
    public String why() {
        return "Who holds a spinlock, has interrupts off or serves an interrupt must not give up the CPU.";
    }

    @Override
    public boolean concerns(Contract contract) {
        return contract.sleeps() == Sleeps.ALWAYS || contract.sleeps() == Sleeps.GFP;
    }

    @Override
    public List<Finding> onCall(Call call, Moment moment) {
        boolean isOthers = MutexInInterrupt.judges(call.contract(), moment.kind()) || moment.isServing(Softirq.RCU);
        if (moment.kind() == ContextKind.PROCESS || isOthers || !call.maySleep(moment::gfpBlocks)) {
            return List.of();
        }
        String function = call.contract().function();
        boolean allocates = call.contract().sleeps() == Sleeps.GFP;
        Finding.Builder finding = moment.finding(
                        this, function + "() " + verb(allocates) + " in " + words(moment), call.site())
                .linux(call.contract().complaint())
                .advice(advice(function, allocates, moment));
        for (HeldLock held : moment.context().held()) {
            finding.related(held.takenAt(), held.lock().lockName() + " is taken here");
        }
        return List.of(finding.build());
    }

    private static String verb(boolean allocates) {
        return allocates ? "may sleep with these flags" : "sleeps";
    }

    private static String words(Moment moment) {
        return switch (moment.kind()) {
            case HARDIRQ -> "hard irq context";
            case SOFTIRQ -> "softirq context";
            case NMI -> "NMI context";
            case IRQS_OFF -> "atomic context: interrupts are off";
            case ATOMIC -> "atomic context: " + atomicWords(moment);
            case PROCESS -> "process context";
        };
    }

    private static String atomicWords(Moment moment) {
        if (isSpinlockHeld(moment)) {
            return "a spinlock is held";
        }
        return moment.bottomHalvesOff() ? "bottom halves are off" : "preemption is off";
    }

    private static boolean isSpinlockHeld(Moment moment) {
        return moment.context().held().stream().anyMatch(held -> !held.sleeping());
    }

    private static String advice(String function, boolean allocates, Moment moment) {
        if (allocates) {
            return moment.kind() == ContextKind.HARDIRQ || moment.kind() == ContextKind.SOFTIRQ
                    ? "allocate before, or pass GFP_ATOMIC and be ready for NULL"
                    : "allocate before taking the lock, or pass GFP_ATOMIC and be ready for NULL";
        }
        return switch (moment.kind()) {
            case HARDIRQ, SOFTIRQ, NMI ->
                "leave the slow part to a threaded handler (request_threaded_irq) or a work item";
            default ->
                moment.bottomHalvesOff() && !isSpinlockHeld(moment)
                        ? "call " + function + "() before local_bh_disable() or after local_bh_enable()"
                        : "call " + function + "() before the lock is taken or after it is given back";
        };
    }
}
