/** Rewrites a verified script's classes so that the machine sees every call, loop and entry, and can end them. */
@NullMarked
package dev.tophalf.runtime.script.weave;

import org.jspecify.annotations.NullMarked;
