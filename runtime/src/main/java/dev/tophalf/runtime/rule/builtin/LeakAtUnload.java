package dev.tophalf.runtime.rule.builtin;

import dev.tophalf.runtime.memory.Resource;
import dev.tophalf.runtime.rule.Finding;
import dev.tophalf.runtime.rule.Moment;
import dev.tophalf.runtime.rule.Rule;
import dev.tophalf.runtime.trace.TraceRecord;
import dev.tophalf.runtime.trace.Unloaded;
import java.util.List;

/** Reports what a module leaves behind when it is unloaded. */
public final class LeakAtUnload implements Rule {
    @Override
    public String id() {
        return "leak-at-unload";
    }

    @Override
    public String why() {
        return "The kernel takes nothing back when a module goes; what still points into it crashes later.";
    }

    @Override
    public boolean concerns(Class<? extends TraceRecord> kind) {
        return kind == Unloaded.class;
    }

    @Override
    public List<Finding> onRecord(TraceRecord record, Moment moment) {
        if (!(record instanceof Unloaded unloaded)) {
            return List.of();
        }
        return unloaded.held().stream()
                .map(resource -> finding(unloaded.module(), resource, moment))
                .toList();
    }

    private Finding finding(String module, Resource resource, Moment moment) {
        return moment.finding(
                        this, module + " is unloaded and still holds " + resource.description(), resource.madeAt())
                .linux(resource.kind().equals("irq") ? "remove_proc_entry: removing non-empty directory" : "")
                .advice("give it back with " + resource.undo() + " in the driver's remove or exit function")
                .build();
    }
}
