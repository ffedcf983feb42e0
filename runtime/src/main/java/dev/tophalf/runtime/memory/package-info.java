/** Memory that a driver can get wrong: tracked allocations, register windows, kernel and user pointers. */
@NullMarked
package dev.tophalf.runtime.memory;

import org.jspecify.annotations.NullMarked;
