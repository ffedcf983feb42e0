package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.contract.Contract;
import dev.tophalf.runtime.contract.Sleeps;
import dev.tophalf.runtime.irq.Softirq;
import dev.tophalf.runtime.rule.Finding;
import dev.tophalf.runtime.rule.Moment;
import dev.tophalf.runtime.rule.Rule;
import dev.tophalf.runtime.trace.Call;
import java.util.List;

/** Reports a call that may sleep by the function of a {@code call_rcu()}. */
final class CallRcuBlocks implements Rule {
    @Override
    public String id() {
        return "call-rcu-blocks";
    }

    @Override
    public String why() {
        return "The functions of call_rcu() run one after the other in a softirq, which cannot give up the CPU.";
    }

    @Override
    public boolean concerns(Contract contract) {
        return contract.sleeps() == Sleeps.ALWAYS || contract.sleeps() == Sleeps.GFP;
    }

    @Override
    public List<Finding> onCall(Call call, Moment moment) {
        boolean isMutex = call.contract().isByTask(); // mutex-in-interrupt says so
        if (!moment.isServing(Softirq.RCU) || isMutex || !call.maySleep(moment::gfpBlocks)) {
            return List.of();
        }
        String function = call.contract().function();
        return List.of(moment.finding(this, function + "() may sleep in an RCU callback", call.site())
                .linux(call.contract().complaint())
                .advice("let a task wait with synchronize_rcu() and do it then, or queue a work item in the callback")
                .build());
    }
}
