/** The path of an interrupt from a wire to its handlers. */
@NullMarked
package dev.tophalf.runtime.irq;

import org.jspecify.annotations.NullMarked;
