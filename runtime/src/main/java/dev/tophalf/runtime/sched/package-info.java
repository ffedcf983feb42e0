/** Tasks, who runs next, and the one source of choice. */
@NullMarked
package dev.tophalf.runtime.sched;

import org.jspecify.annotations.NullMarked;
