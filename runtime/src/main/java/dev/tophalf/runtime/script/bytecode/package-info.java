/** What verifier and weaver both know about a script's classes and the classes that it may use. */
@NullMarked
package dev.tophalf.runtime.script.bytecode;

import org.jspecify.annotations.NullMarked;
