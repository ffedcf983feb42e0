/** The commands of the prompt, one class each, and what they share. */
@NullMarked
package dev.tophalf.shell.repl.command;

import org.jspecify.annotations.NullMarked;
