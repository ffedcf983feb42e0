/** The virtual clock, in nanoseconds, and what is due on it. */
@NullMarked
package dev.tophalf.runtime.time;

import org.jspecify.annotations.NullMarked;
