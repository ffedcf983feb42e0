/** From a driver's source to classes that may run: compile, verify, weave, load. */
@NullMarked
package dev.tophalf.runtime.script;

import org.jspecify.annotations.NullMarked;
