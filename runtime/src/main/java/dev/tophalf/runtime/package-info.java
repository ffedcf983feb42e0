/** A simulated machine and everything that changes while it runs. */
@NullMarked
package dev.tophalf.runtime;

import org.jspecify.annotations.NullMarked;
