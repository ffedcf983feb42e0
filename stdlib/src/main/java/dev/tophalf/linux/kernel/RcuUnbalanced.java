package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.cpu.ReadSection;
import dev.tophalf.runtime.rule.Finding;
import dev.tophalf.runtime.rule.Moment;
import dev.tophalf.runtime.rule.Rule;
import dev.tophalf.runtime.rule.builtin.MisuseRule;
import dev.tophalf.runtime.trace.Misuse;
import dev.tophalf.runtime.trace.Returned;
import dev.tophalf.runtime.trace.TraceRecord;
import java.util.ArrayList;
import java.util.List;

/** Reports a reader who ends without beginning, or a function that returns to the kernel without ending. */
final class RcuUnbalanced implements Rule {
    private final MisuseRule ends = new MisuseRule("rcu-unbalanced", why());

    @Override
    public String id() {
        return "rcu-unbalanced";
    }

    @Override
    public String why() {
        return "A reader who never ends keeps every grace period from ending, and one who ends twice ends somebody else.";
    }

    @Override
    public boolean concerns(Class<? extends TraceRecord> kind) {
        return kind == Returned.class || kind == Misuse.class;
    }

    @Override
    public List<Finding> onRecord(TraceRecord record, Moment moment) {
        if (!(record instanceof Returned returned)) {
            return ends.onRecord(record, moment);
        }
        List<Finding> findings = new ArrayList<>();
        returned.left().stream()
                .filter(held -> held.lock() instanceof ReadSection)
                .forEach(held -> findings.add(moment.finding(
                                this,
                                returned.role() + " " + returned.function() + "() returns in the reader that "
                                        + ((ReadSection) held.lock()).begunBy() + " began",
                                held.takenAt())
                        .linux("WARNING: lock held when returning to user space!")
                        .advice("end it on every way out of the function")
                        .build()));
        return findings;
    }
}
