package dev.tophalf.runtime.rule.builtin;

import dev.tophalf.runtime.rule.Finding;
import dev.tophalf.runtime.rule.Moment;
import dev.tophalf.runtime.rule.Rule;
import dev.tophalf.runtime.trace.IrqStorm;
import dev.tophalf.runtime.trace.TraceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reports a level line that stays asserted although its handlers have run. */
public final class IrqNotHandled implements Rule {
    @Override
    public String id() {
        return "irq-not-handled";
    }

    @Override
    public String why() {
        return "A level line interrupts again and again until the device is told that its interrupt has been seen.";
    }

    @Override
    public boolean concerns(Class<? extends TraceRecord> kind) {
        return kind == IrqStorm.class;
    }

    @Override
    public List<Finding> onRecord(TraceRecord record, Moment moment) {
        if (!(record instanceof IrqStorm storm)) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < storm.handlers().size(); i++) {
            findings.add(moment.finding(
                            this,
                            message(storm, storm.names().get(i)),
                            storm.handlers().get(i))
                    .linux(storm.claimed() ? "watchdog: BUG: soft lockup" : "irq " + storm.irq() + ": nobody cared")
                    .advice("acknowledge the interrupt in the device's registers before returning IRQ_HANDLED")
                    .build());
        }
        return findings;
    }

    private static String message(IrqStorm storm, String handler) {
        return String.format(
                Locale.ROOT,
                "irq %d from %s is still asserted after %s() ran %,d times",
                storm.irq(),
                storm.device(),
                handler,
                storm.runs());
    }
}
