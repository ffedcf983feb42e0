/** Lock classes, the orders in which they are taken, and the checker that proves them free of deadlocks. */
@NullMarked
package dev.tophalf.runtime.lock;

import org.jspecify.annotations.NullMarked;
