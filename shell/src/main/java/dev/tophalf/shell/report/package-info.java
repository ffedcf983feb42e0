/** What was found, as text for people and as JSON for programs. */
@NullMarked
package dev.tophalf.shell.report;

import org.jspecify.annotations.NullMarked;
