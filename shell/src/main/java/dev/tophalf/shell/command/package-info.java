/** The commands of the command line, one class each. */
@NullMarked
package dev.tophalf.shell.command;

import org.jspecify.annotations.NullMarked;
