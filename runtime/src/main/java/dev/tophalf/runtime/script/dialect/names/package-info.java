/** What names mean: the script's own, those of earlier scripts, the kernel's, and a few of Java's. */
@NullMarked
package dev.tophalf.runtime.script.dialect.names;

import org.jspecify.annotations.NullMarked;
