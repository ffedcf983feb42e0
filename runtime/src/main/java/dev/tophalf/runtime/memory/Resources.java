package dev.tophalf.runtime.memory;

import dev.tophalf.runtime.trace.Site;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that drivers hold now, in the order of getting it. */
public final class Resources {
    private final Map<Long, Resource> live = new LinkedHashMap<>();
    private long nextNumber = 1;

    /**
     * Notes that a driver got something.
     *
     * @param kind one word for what it is
     * @param description which one
     * @param undo the call that gives it back
     * @param madeAt the call that got it
     * @param reclaim takes it back when the driver is gone
     */
    public Resource acquire(String kind, String description, String undo, Site madeAt, Runnable reclaim) {
        Resource resource = new Resource(kind, description, undo, madeAt, nextNumber++, reclaim);
        live.put(resource.number(), resource);
        return resource;
    }

    /** Notes that it was given back at {@code site}; false if it had been before. */
    public boolean release(Resource resource, Site site) {
        if (live.remove(resource.number()) == null) {
            return false;
        }
        resource.release(site);
        return true;
    }

    /** What was got by code in {@code file} and not given back. */
    public List<Resource> heldBy(String file) {
        return live.values().stream()
                .filter(resource -> resource.madeAt().file().equals(file))
                .toList();
    }

    /** Everything that is held. */
    public List<Resource> all() {
        return List.copyOf(live.values());
    }
}
