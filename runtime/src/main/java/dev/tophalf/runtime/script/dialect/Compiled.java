package dev.tophalf.runtime.script.dialect;

import dev.tophalf.runtime.script.ClassBytes;
import java.util.List;

/**
 * A compiled script, as it comes out of the compiler: neither verified nor woven.
 *
 * @param scriptClass the name of the class that holds the file scope, such as {@code button_ko}
 * @param classes the classes, that one first
 * @param variables the file-scope variables in the order of the source: public static fields of that class
 * @param functions the functions in the order of the source: public static methods of that class
 */
public record Compiled(
        String scriptClass, List<ClassBytes> classes, List<Variable> variables, List<Function> functions) {

    /**
     * A file-scope variable.
     *
     * @param type as C spells it
     * @param line where it is declared
     */
    public record Variable(String name, String type, int line) {}

    /**
     * A function.
     *
     * @param declaration as C spells it, such as {@code int button_probe(platform_device pdev)}
     * @param descriptor its type as the JVM spells it
     * @param line where it is defined
     */
    public record Function(String name, String declaration, String descriptor, int line) {}
}
