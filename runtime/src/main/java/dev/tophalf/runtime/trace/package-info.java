/** What happened in a run, as records that rules and reports read. */
@NullMarked
package dev.tophalf.runtime.trace;

import org.jspecify.annotations.NullMarked;
