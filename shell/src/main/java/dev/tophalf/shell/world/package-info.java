/** What a person does to a machine, at the prompt, in a scenario and in a grading spec: the same verbs, once. */
@NullMarked
package dev.tophalf.shell.world;

import org.jspecify.annotations.NullMarked;
