package dev.tophalf.runtime.memory;

import dev.tophalf.runtime.trace.Site;

/** Something that a driver got from the kernel and has to give back: memory, an irq, a file. */
public final class Resource {
    private final String kind;
    private final String description;
    private final String undo;
    private final Site madeAt;
    private final long number;
    private final Runnable reclaim;
    private boolean released;
    private boolean reclaimed;
    private Site releasedAt = Site.NONE;

    Resource(String kind, String description, String undo, Site madeAt, long number, Runnable reclaim) {
        this.kind = kind;
        this.description = description;
        this.undo = undo;
        this.madeAt = madeAt;
        this.number = number;
        this.reclaim = reclaim;
    }

    /** One word for what it is: {@code memory}, {@code irq}, {@code attribute}. */
    public String kind() {
        return kind;
    }

    /** Which one, such as {@code struct button (40 bytes)} or {@code irq 17 'button'}. */
    public String description() {
        return description;
    }

    /** The call that gives it back, such as {@code kfree()}. */
    public String undo() {
        return undo;
    }

    /** The call that made it. */
    public Site madeAt() {
        return madeAt;
    }

    /** A serial number within the run. */
    public long number() {
        return number;
    }

    public boolean isReleased() {
        return released;
    }

    /** Whether it is really gone: what {@code kfree_rcu()} was given is there until nobody reads it any more. */
    public boolean isReclaimed() {
        return reclaimed;
    }

    /** The call that gave it back, once it is. */
    public Site releasedAt() {
        return releasedAt;
    }

    /** Takes it from a driver that is gone: what the simulation does after a finding, so that the next load starts clean. */
    public void reclaim() {
        reclaimed = true;
        reclaim.run();
    }

    void release(Site site) {
        released = true;
        releasedAt = site;
    }

    @Override
    public String toString() {
        return description;
    }
}
