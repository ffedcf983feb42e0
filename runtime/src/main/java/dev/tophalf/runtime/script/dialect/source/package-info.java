/** A driver's text: what it is made of, what is wrong with it, and the tree that the parser makes of it. */
@NullMarked
package dev.tophalf.runtime.script.dialect.source;

import org.jspecify.annotations.NullMarked;
