package dev.tophalf.runtime.rule;

import dev.tophalf.runtime.contract.Contract;
import dev.tophalf.runtime.trace.Call;
import dev.tophalf.runtime.trace.TraceRecord;
import java.util.List;

/** A judge of one kind of mistake. It reads records and returns findings; it never acts and never throws. */
public interface Rule {
    /** What the driver did wrong, in kebab case. */
    String id();

    /** Why the rule exists: one sentence, or a few. */
    String why();

    /** Whether a call of that function can break the rule; {@link #onCall} sees no other. */
    default boolean concerns(Contract contract) {
        return false;
    }

    /** Judges a call before the function runs. */
    default List<Finding> onCall(Call call, Moment moment) {
        return List.of();
    }

    /** Whether a record of that kind can show that the rule is broken; {@link #onRecord} sees no other. */
    default boolean concerns(Class<? extends TraceRecord> kind) {
        return false;
    }

    /** Judges anything else that happened. */
    default List<Finding> onRecord(TraceRecord record, Moment moment) {
        return List.of();
    }
}
