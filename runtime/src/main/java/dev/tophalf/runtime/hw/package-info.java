/** Simulated hardware as a driver meets it: registers, lines, buses. It knows no kernel. */
@NullMarked
package dev.tophalf.runtime.hw;

import org.jspecify.annotations.NullMarked;
