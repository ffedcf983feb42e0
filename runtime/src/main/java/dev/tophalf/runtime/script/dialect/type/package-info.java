/** The types of the driver language: C's integers, structs, arrays and pointers, over Java classes. */
@NullMarked
package dev.tophalf.runtime.script.dialect.type;

import org.jspecify.annotations.NullMarked;
