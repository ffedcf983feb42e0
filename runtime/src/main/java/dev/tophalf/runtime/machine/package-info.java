/** Devicetree source to machine: reads the description of a machine into a tree that drivers and the builder share. */
@NullMarked
package dev.tophalf.runtime.machine;

import org.jspecify.annotations.NullMarked;
