package dev.tophalf.runtime.trace;

import dev.tophalf.runtime.memory.Resource;
import java.util.List;

/**
 * A module was unloaded.
 *
 * @param module its name
 * @param held what its code had got and not given back
 */
public record Unloaded(String module, List<Resource> held) implements TraceRecord {
    @Override
    public String text() {
        return "unloaded " + module + (held.isEmpty() ? "" : ", which still holds " + held);
    }
}
