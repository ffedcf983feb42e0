package dev.tophalf.runtime.rule.builtin;

import dev.tophalf.runtime.rule.Finding;
import dev.tophalf.runtime.rule.Moment;
import dev.tophalf.runtime.rule.Rule;
import dev.tophalf.runtime.trace.Misuse;
import dev.tophalf.runtime.trace.TraceRecord;
import java.util.List;

/** Reports what a kernel function itself has noticed: one rule for each kind of misuse. */
public final class MisuseRule implements Rule {
    private final String id;
    private final String why;

    public MisuseRule(String id, String why) {
        this.id = id;
        this.why = why;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String why() {
        return why;
    }

    @Override
    public boolean concerns(Class<? extends TraceRecord> kind) {
        return kind == Misuse.class;
    }

    @Override
    public List<Finding> onRecord(TraceRecord record, Moment moment) {
        if (!(record instanceof Misuse misuse) || !misuse.rule().equals(id)) {
            return List.of();
        }
        Finding.Builder finding = moment.finding(this, misuse.message(), misuse.site())
                .linux(misuse.linux())
                .advice(misuse.advice());
        misuse.related().forEach(note -> finding.related(note.site(), note.text()));
        finding.story(misuse.story());
        return List.of(finding.build());
    }
}
