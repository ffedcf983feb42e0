/** The typed tree of a driver: what each expression and statement is in bytecode, exactly. */
@NullMarked
package dev.tophalf.runtime.script.dialect.tree;

import org.jspecify.annotations.NullMarked;
