/** Simulated CPUs: what each of them runs, and the counters that decide what is allowed there. */
@NullMarked
package dev.tophalf.runtime.cpu;

import org.jspecify.annotations.NullMarked;
