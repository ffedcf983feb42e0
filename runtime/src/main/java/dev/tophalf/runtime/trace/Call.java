package dev.tophalf.runtime.trace;

import dev.tophalf.runtime.contract.Contract;
import dev.tophalf.runtime.contract.Sleeps;
import java.util.StringJoiner;
import java.util.function.IntPredicate;

/**
 * A driver's call of a kernel function, before the function has run.
 *
 * @param site where the driver calls
 * @param contract what is called
 * @param arguments boxed, in order
 */
@SuppressWarnings("ArrayRecordComponent") // made on every call, never compared
public record Call(Site site, Contract contract, Object[] arguments) implements TraceRecord {

    /** Whether the call may give up the CPU; {@code gfpBlocks} says which allocation flags do. */
    public boolean maySleep(IntPredicate gfpBlocks) {
        if (contract.sleeps() == Sleeps.GFP) {
            return gfpBlocks.test(((Number) arguments[contract.gfpParameter()]).intValue());
        }
        return contract.sleeps() == Sleeps.ALWAYS;
    }

    @Override
    public String text() {
        StringJoiner call = new StringJoiner(", ", contract.function() + "(", ")");
        for (Object argument : arguments) {
            call.add(Values.text(argument));
        }
        return call + "  " + site;
    }
}
