/** Trees of files with content made on demand, such as sysfs. */
@NullMarked
package dev.tophalf.runtime.vfs;

import org.jspecify.annotations.NullMarked;
