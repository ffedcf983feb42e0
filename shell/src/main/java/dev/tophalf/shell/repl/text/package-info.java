/** What the prompt prints: values, contexts, kernel names, mistakes and news, as text for people. */
@NullMarked
package dev.tophalf.shell.repl.text;

import org.jspecify.annotations.NullMarked;
