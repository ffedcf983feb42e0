package dev.tophalf.runtime.memory;

/** A range of addresses of a process with memory behind it; before and after it the processor faults. */
public final class UserMapping {
    private final long start;
    private final byte[] bytes;
    private final boolean writable;

    /**
     * @param start the first address
     * @param bytes the content, which is used and not copied
     * @param writable false for memory that the process may only read, such as its constants
     */
    public UserMapping(long start, byte[] bytes, boolean writable) {
        this.start = start;
        this.bytes = bytes;
        this.writable = writable;
    }

    public long start() {
        return start;
    }

    /** The content. */
    public byte[] bytes() {
        return bytes;
    }

    public boolean isWritable() {
        return writable;
    }
}
