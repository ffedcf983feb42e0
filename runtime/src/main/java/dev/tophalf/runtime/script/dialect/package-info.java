/** The driver language: from a driver's source, parsed as Groovy, to statically bound classes. */
@NullMarked
package dev.tophalf.runtime.script.dialect;

import org.jspecify.annotations.NullMarked;
