/** What a driver author types: the structs, and one class per Linux header with its functions. */
@NullMarked
package dev.tophalf.linux;

import org.jspecify.annotations.NullMarked;
