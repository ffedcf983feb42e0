/** The bodies of functions: every expression and statement gets its types and its one meaning. */
@NullMarked
package dev.tophalf.runtime.script.dialect.body;

import org.jspecify.annotations.NullMarked;
