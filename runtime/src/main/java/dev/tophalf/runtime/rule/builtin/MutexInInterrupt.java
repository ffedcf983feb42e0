package dev.tophalf.runtime.rule.builtin;

import dev.tophalf.runtime.contract.ContextKind;
import dev.tophalf.runtime.contract.Contract;
import dev.tophalf.runtime.rule.Finding;
import dev.tophalf.runtime.rule.Moment;
import dev.tophalf.runtime.rule.Rule;
import dev.tophalf.runtime.trace.Call;
import java.util.List;

/** Reports an interrupt that takes, tries or gives back a lock that belongs to a task. */
public final class MutexInInterrupt implements Rule {
    @Override
    public String id() {
        return "mutex-in-interrupt";
    }

    @Override
    public String why() {
        return "A mutex belongs to the task that takes it, and an interrupt is no task: it would lock in the name of whom"
                + " it has interrupted, and may not sleep.";
    }

    /** Whether it is this rule, and no other about contexts, that judges a call. */
    static boolean judges(Contract contract, ContextKind kind) {
        return contract.isByTask()
                && (kind == ContextKind.HARDIRQ || kind == ContextKind.SOFTIRQ || kind == ContextKind.NMI);
    }

    @Override
    public boolean concerns(Contract contract) {
        return contract.isByTask();
    }

    @Override
    public List<Finding> onCall(Call call, Moment moment) {
        if (!judges(call.contract(), moment.kind())) {
            return List.of();
        }
        String context = moment.kind() == ContextKind.SOFTIRQ ? "softirq" : "hard irq";
        return List.of(moment.finding(
                        this, call.contract().function() + "() is called in " + context + " context", call.site())
                .linux(call.contract().complaint())
                .advice("protect what is shared with an interrupt by a spinlock, or leave it to a threaded handler or a"
                        + " work item")
                .build());
    }
}
