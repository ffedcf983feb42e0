/** Judges: they read what happened and return findings. */
@NullMarked
package dev.tophalf.runtime.rule;

import org.jspecify.annotations.NullMarked;
