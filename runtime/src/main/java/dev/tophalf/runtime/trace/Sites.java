package dev.tophalf.runtime.trace;

import java.util.Arrays;

/** All places of the scripts that one compiler has woven; woven code names a place by its number here. */
public final class Sites {
    private volatile Site[] sites = {Site.NONE};
    private int count = 1;

    /** Adds a place and returns its number. */
    public synchronized int add(Site site) {
        if (count == sites.length) {
            sites = Arrays.copyOf(sites, Math.max(64, count * 2));
        }
        sites[count] = site;
        return count++;
    }

    /** The place with that number. */
    public Site get(int number) {
        return sites[number];
    }
}
