package dev.tophalf.runtime.script;

/**
 * A driver's text.
 *
 * @param file the name that messages show, as the person gave it ({@code samples/drivers/button/button.groovy})
 * @param text the source, in full
 */
public record ScriptSource(String file, String text) {
    /** The module's name: the file's name without folders and {@code .groovy}, with {@code -} as {@code _}. */
    public String moduleName() {
        String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
        String stem = name.endsWith(".groovy") ? name.substring(0, name.length() - ".groovy".length()) : name;
        String word = stem.replaceAll("[^A-Za-z0-9_]", "_");
        return word.isEmpty() || Character.isDigit(word.charAt(0)) ? "_" + word : word;
    }
}
