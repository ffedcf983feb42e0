/** Refuses a script whose classes could reach anything but the kernel and a short list of harmless library members. */
@NullMarked
package dev.tophalf.runtime.script.verify;

import org.jspecify.annotations.NullMarked;
