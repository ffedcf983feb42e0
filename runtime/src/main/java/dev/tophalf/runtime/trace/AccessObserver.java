package dev.tophalf.runtime.trace;

/** Sees every access of a driver to memory that it may share: what a race detector is built on. */
public interface AccessObserver {
    /**
     * A member or file-scope variable is read.
     *
     * @param owner the struct, or the script's class for a variable
     * @param site the number of the place
     */
    void read(Object owner, String member, int site);

    /** A member or file-scope variable is written. */
    void write(Object owner, String member, int site);

    /** An element of an array is read. */
    void readElement(Object array, int index, int site);

    /** An element of an array is written. */
    void writeElement(Object array, int index, int site);
}
