package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.ContextKind;
import dev.tophalf.runtime.contract.Contract;
import dev.tophalf.runtime.contract.Sleeps;
import dev.tophalf.runtime.cpu.HeldLock;
import dev.tophalf.runtime.cpu.ReadSection;
import dev.tophalf.runtime.rule.Finding;
import dev.tophalf.runtime.rule.Moment;
import dev.tophalf.runtime.rule.Rule;
import dev.tophalf.runtime.trace.Call;
import java.util.List;

/** Reports a call that may sleep by a task that reads under RCU; where nobody may sleep, another rule says so. */
final class RcuSleepInReader implements Rule {
    @Override
    public String id() {
        return "rcu-sleep-in-reader";
    }

    @Override
    public String why() {
        return "A reader who sleeps keeps every grace period from ending, and what is freed after it from being freed.";
    }

    @Override
    public boolean concerns(Contract contract) {
        return contract.sleeps() == Sleeps.ALWAYS || contract.sleeps() == Sleeps.GFP;
    }

    @Override
    public List<Finding> onCall(Call call, Moment moment) {
        List<HeldLock> held = Simulation.current().cpu().context().held();
        if (held.isEmpty() || moment.kind() != ContextKind.PROCESS || !call.maySleep(moment::gfpBlocks)) {
            return List.of();
        }
        for (HeldLock one : held) {
            if (one.lock() instanceof ReadSection section && section.forbidsSleep()) {
                return List.of(
                        moment.finding(this, call.contract().function() + "() may sleep in a reader", call.site())
                                .linux(
                                        "WARNING: suspicious RCU usage: Illegal context switch in RCU read-side critical section!")
                                .advice("call it before rcu_read_lock() or after rcu_read_unlock(), or read under SRCU")
                                .related(one.takenAt(), "the reader begins here")
                                .build());
            }
        }
        return List.of();
    }
}
