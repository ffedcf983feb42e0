package dev.tophalf.runtime.rule.builtin;

import dev.tophalf.runtime.cpu.HeldLock;
import dev.tophalf.runtime.cpu.ReadSection;
import dev.tophalf.runtime.rule.Finding;
import dev.tophalf.runtime.rule.Moment;
import dev.tophalf.runtime.rule.Rule;
import dev.tophalf.runtime.trace.Returned;
import dev.tophalf.runtime.trace.TraceRecord;
import java.util.ArrayList;
import java.util.List;

/** Reports a driver function that returns to the kernel with a lock held, preemption off or interrupts off. */
public final class LockHeldAtReturn implements Rule {
    @Override
    public String id() {
        return "lock-held-at-return";
    }

    @Override
    public String why() {
        return "Nobody else gives the lock back: the next one who wants it waits for ever.";
    }

    @Override
    public boolean concerns(Class<? extends TraceRecord> kind) {
        return kind == Returned.class;
    }

    @Override
    public List<Finding> onRecord(TraceRecord record, Moment moment) {
        if (!(record instanceof Returned returned)) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        String name = returned.function().isEmpty() ? "" : " " + returned.function() + "()";
        String who = returned.role() + name + " returns with ";
        boolean reads = false;
        for (HeldLock held : returned.left()) {
            if (held.lock() instanceof ReadSection) {
                reads = true; // a rule of its own
                continue;
            }
            findings.add(
                    defined(returned, moment.finding(this, who + held.lock().lockName() + " held", held.takenAt()))
                            .linux("WARNING: lock held when returning to user space!")
                            .advice("release it on every way out of the function")
                            .build());
        }
        if (findings.isEmpty() && !reads && returned.irqsLeftOff()) {
            findings.add(defined(returned, moment.finding(this, who + "interrupts off", returned.irqsOffAt()))
                    .linux("WARNING: initcall or handler returned with irqs disabled")
                    .advice("turn them on again on every way out: local_irq_restore() with the flags that were saved")
                    .build());
        }
        if (findings.isEmpty() && !reads && returned.preemptCountLeft() != 0) {
            findings.add(moment.finding(
                            this,
                            who + "the preempt count changed by " + returned.preemptCountLeft(),
                            returned.definition())
                    .linux("BUG: scheduling while atomic")
                    .advice("pair every disable with its enable on every way out")
                    .build());
        }
        return findings;
    }

    /** Adds where the function is defined, if it is one. */
    private static Finding.Builder defined(Returned returned, Finding.Builder finding) {
        boolean hasName = !returned.function().isEmpty();
        return hasName ? finding.related(returned.definition(), returned.function() + "() is defined here") : finding;
    }
}
