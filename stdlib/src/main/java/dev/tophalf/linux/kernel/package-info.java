/** The kernel behind the functions: modules, the platform bus, managed resources, files of devices. */
@NullMarked
package dev.tophalf.linux.kernel;

import org.jspecify.annotations.NullMarked;
