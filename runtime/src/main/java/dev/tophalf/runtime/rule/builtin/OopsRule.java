package dev.tophalf.runtime.rule.builtin;

import dev.tophalf.runtime.rule.Finding;
import dev.tophalf.runtime.rule.Moment;
import dev.tophalf.runtime.rule.Rule;
import dev.tophalf.runtime.trace.Oops;
import dev.tophalf.runtime.trace.Site;
import dev.tophalf.runtime.trace.TraceRecord;
import java.util.List;

/** Reports driver code that the processor could not go on with. */
public final class OopsRule implements Rule {
    @Override
    public String id() {
        return "oops";
    }

    @Override
    public String why() {
        return "The kernel kills the task that ran, with all that it held; in an interrupt the whole machine stops.";
    }

    @Override
    public boolean concerns(Class<? extends TraceRecord> kind) {
        return kind == Oops.class;
    }

    @Override
    public List<Finding> onRecord(TraceRecord record, Moment moment) {
        if (!(record instanceof Oops oops)) {
            return List.of();
        }
        Finding.Builder finding = moment.finding(this, oops.message(), oops.site())
                .linux(oops.linux())
                .advice("check what the line uses");
        for (Site caller : oops.callers()
                .subList(Math.min(1, oops.callers().size()), oops.callers().size())) {
            finding.related(caller, "called from " + caller.functionWords());
        }
        return List.of(finding.build());
    }
}
