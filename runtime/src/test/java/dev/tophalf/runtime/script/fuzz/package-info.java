/** Looks for texts that the script pipeline neither runs nor refuses as it should. */
package dev.tophalf.runtime.script.fuzz;
