package dev.tophalf.runtime.script;

/**
 * A compiled class of a script.
 *
 * @param name the binary name, such as {@code button_ko} or {@code button}
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed from stage to stage, never compared
public record ClassBytes(String name, byte[] bytes) {}
