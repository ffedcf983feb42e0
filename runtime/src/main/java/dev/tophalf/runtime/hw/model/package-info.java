/** The peripherals that a machine may have, one class each. */
@NullMarked
package dev.tophalf.runtime.hw.model;

import org.jspecify.annotations.NullMarked;
