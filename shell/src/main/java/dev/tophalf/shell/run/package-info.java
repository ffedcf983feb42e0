/** One run of drivers from beginning to end: load them, play a scenario, unload them, say what came of it. */
@NullMarked
package dev.tophalf.shell.run;

import org.jspecify.annotations.NullMarked;
