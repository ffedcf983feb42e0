/** The program that people start. */
@NullMarked
package dev.tophalf.shell;

import org.jspecify.annotations.NullMarked;
