package dev.tophalf.runtime.script.bytecode;

/** What a compiled method is called in the driver. The body of a lambda is a method {@code button_probe$block1}. */
public final class FunctionNames {
    /** The name of code that stands outside of every function. */
    public static final String FILE_SCOPE = "<file scope>";

    private FunctionNames() {}

    /** The function that the code of this method is written in: a lambda's is the one around it. */
    public static String enclosing(ParsedScript script, String owner, String method) {
        String name = isLambda(method) ? method.substring(0, method.indexOf('$')) : method;
        if (script.isFileScope(owner)) {
            return name.equals("run") || name.startsWith("<") ? FILE_SCOPE : name;
        }
        return name.startsWith("<") ? owner : name;
    }

    /** The name of a pointer to this method: a function's own name, or which function a lambda is in. */
    public static String pointer(ParsedScript script, String owner, String method) {
        return isLambda(method) ? "<lambda in " + enclosing(script, owner, method) + ">" : method;
    }

    /** Whether the compiler made the method of that name for a lambda. */
    public static boolean isLambda(String method) {
        return method.indexOf('$') > 0;
    }
}
