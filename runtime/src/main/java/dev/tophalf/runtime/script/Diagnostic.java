package dev.tophalf.runtime.script;

/**
 * One reason why a script was not accepted.
 *
 * @param file as in {@link ScriptSource#file()}
 * @param line counted from 1; 0 if the whole file is meant
 * @param column counted from 1; 0 if the whole line is meant
 * @param message one line, in the kernel's words, without a final stop
 */
public record Diagnostic(String file, int line, int column, String message) {
    @Override
    public String toString() {
        String place = line == 0 ? file : column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
        return place + ": " + message;
    }
}
