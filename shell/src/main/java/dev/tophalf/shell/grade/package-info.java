/** Marks: runs an exercise's specs against submissions, each in a JVM of its own. */
@NullMarked
package dev.tophalf.shell.grade;

import org.jspecify.annotations.NullMarked;
