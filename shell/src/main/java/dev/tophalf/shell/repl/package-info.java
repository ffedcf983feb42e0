/** The prompt: reads lines from a terminal or a pipe and does what they say. */
@NullMarked
package dev.tophalf.shell.repl;

import org.jspecify.annotations.NullMarked;
