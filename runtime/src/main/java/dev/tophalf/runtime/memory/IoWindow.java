package dev.tophalf.runtime.memory;

/** A range of physical addresses that a driver has mapped. It cannot be used once it is unmapped. */
public final class IoWindow {
    private final String name;
    private final long start;
    private final long size;
    private boolean mapped = true;

    /**
     * @param name whose registers they are
     * @param start the first physical address
     * @param size in bytes
     */
    public IoWindow(String name, long start, long size) {
        this.name = name;
        this.start = start;
        this.size = size;
    }

    public String name() {
        return name;
    }

    public long start() {
        return start;
    }

    public long size() {
        return size;
    }

    public boolean isMapped() {
        return mapped;
    }

    /** Ends the mapping. */
    public void unmap() {
        mapped = false;
    }
}
