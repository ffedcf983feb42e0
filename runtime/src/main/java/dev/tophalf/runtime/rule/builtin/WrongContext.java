package dev.tophalf.runtime.rule.builtin;

import dev.tophalf.runtime.contract.ContextKind;
import dev.tophalf.runtime.contract.Contract;
import dev.tophalf.runtime.contract.Sleeps;
import dev.tophalf.runtime.rule.Finding;
import dev.tophalf.runtime.rule.Moment;
import dev.tophalf.runtime.rule.Rule;
import dev.tophalf.runtime.trace.Call;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reports a call from a context that the function's contract does not list, for functions that do not sleep.
 *
 * <p>A function that asks for <em>more</em> than plain process context is an unlock; the rules about locks say what is
 * wrong there.
 */
public final class WrongContext implements Rule {
    /** What a function lists that may be called anywhere; NMI is not simulated. */
    private static final int ANY = ContextKind.ATOMIC.bit()
            | ContextKind.IRQS_OFF.bit()
            | ContextKind.SOFTIRQ.bit()
            | ContextKind.HARDIRQ.bit();

    @Override
    public String id() {
        return "wrong-context";
    }

    @Override
    public String why() {
        return "A function that relies on its caller's context misbehaves in another one, often much later.";
    }

    @Override
    public boolean concerns(Contract contract) {
        boolean sleeps = contract.sleeps() == Sleeps.ALWAYS || contract.sleeps() == Sleeps.GFP;
        return !sleeps && (contract.contextBits() & ANY) != ANY;
    }

    @Override
    public List<Finding> onCall(Call call, Moment moment) {
        ContextKind kind = moment.kind();
        Contract contract = call.contract();
        boolean isOthers = MutexInInterrupt.judges(contract, kind);
        if (kind == ContextKind.PROCESS || isOthers || allows(contract, kind, moment.irqsOff())) {
            return List.of();
        }
        String allowed = contract.contexts().stream().map(ContextKind::word).collect(Collectors.joining(", "));
        return List.of(
                moment.finding(this, contract.function() + "() is called in " + kind.word() + " context", call.site())
                        .advice("call it in " + allowed + " context")
                        .build());
    }

    /** A softirq that has turned interrupts off needs both words. */
    private static boolean allows(Contract contract, ContextKind kind, boolean irqsOff) {
        boolean needsBoth = kind == ContextKind.SOFTIRQ && irqsOff;
        return contract.allows(kind) && (!needsBoth || contract.allows(ContextKind.IRQS_OFF));
    }
}
