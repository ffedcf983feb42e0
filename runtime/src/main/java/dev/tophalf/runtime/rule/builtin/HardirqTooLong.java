package dev.tophalf.runtime.rule.builtin;

import dev.tophalf.runtime.rule.Finding;
import dev.tophalf.runtime.rule.Moment;
import dev.tophalf.runtime.rule.Rule;
import dev.tophalf.runtime.rule.Severity;
import dev.tophalf.runtime.trace.LongHardirq;
import dev.tophalf.runtime.trace.TraceRecord;
import java.util.List;

/** Reports a hard irq handler that keeps its CPU for long. */
public final class HardirqTooLong implements Rule {
    @Override
    public String id() {
        return "hardirq-too-long";
    }

    @Override
    public String why() {
        return "While a hard irq is served its CPU does nothing else, not even the next interrupt.";
    }

    @Override
    public boolean concerns(Class<? extends TraceRecord> kind) {
        return kind == LongHardirq.class;
    }

    @Override
    public List<Finding> onRecord(TraceRecord record, Moment moment) {
        if (!(record instanceof LongHardirq irq)) {
            return List.of();
        }
        return List.of(moment.finding(
                        this, "the hard irq handler has run for more than " + irq.limitNs() / 1_000 + " us", irq.site())
                .severity(Severity.WARNING)
                .advice("note what happened, and leave the rest to a threaded handler or a work item")
                .build());
    }
}
