/** What a kernel function promises and demands, and the gate that holds every call to it. */
@NullMarked
package dev.tophalf.runtime.contract;

import org.jspecify.annotations.NullMarked;
