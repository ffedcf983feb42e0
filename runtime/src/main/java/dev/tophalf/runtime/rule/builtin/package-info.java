/** The rules about contexts, locks, time and resources, one class each. */
@NullMarked
package dev.tophalf.runtime.rule.builtin;

import org.jspecify.annotations.NullMarked;
