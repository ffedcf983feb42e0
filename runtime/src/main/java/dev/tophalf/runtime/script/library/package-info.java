/** Library calls of drivers as woven code makes them: bounded, and the same in every run. */
@NullMarked
package dev.tophalf.runtime.script.library;

import org.jspecify.annotations.NullMarked;
