package dev.tophalf.runtime.machine;

/** A stretch of a bus: the first address and the number of bytes, both unsigned. */
public record DevicetreeReg(long address, long size) {

    boolean contains(long other) {
        return Long.compareUnsigned(other, address) >= 0 && Long.compareUnsigned(other - address, size) < 0;
    }
}
