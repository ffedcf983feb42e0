package dev.tophalf.shell.grade;

import dev.tophalf.shell.world.DriverLimits;

/**
 * What one submission may use.
 *
 * @param seconds of real time, from the start of its JVM
 * @param heapMb of memory, in MB
 * @param driver what the driver may use of the machine
 */
record Limits(int seconds, int heapMb, DriverLimits driver) {
    static final int MOST_SECONDS = 3_600;
    static final int LEAST_HEAP_MB = 64;
    static final int MOST_HEAP_MB = 65_536;
    static final Limits USUAL = new Limits(60, 256);

    Limits(int seconds, int heapMb) {
        this(seconds, heapMb, DriverLimits.DEFAULT);
    }
}
