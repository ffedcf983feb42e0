package dev.tophalf.runtime.script;

import dev.tophalf.runtime.contract.KernelApi;
import dev.tophalf.runtime.script.dialect.Compiled;
import dev.tophalf.runtime.script.dialect.DialectCompiler;
import java.util.List;

/** Turns a driver's source into classes, which nobody has judged yet. */
@FunctionalInterface
interface FrontEnd {
    Output compile(ScriptSource source, Scope scope) throws ScriptRejectedException;

    /** The compiler of the driver language. */
    static FrontEnd dialect(KernelApi api) {
        DialectCompiler compiler = new DialectCompiler(api);
        return (source, scope) -> {
            Compiled compiled = compiler.compile(source, scope);
            return new Output(compiled.scriptClass(), compiled.classes());
        };
    }

    /**
     * A script as classes.
     *
     * @param scriptClass the name of the class that extends {@link DriverScript}
     * @param classes that class and every other one
     */
    record Output(String scriptClass, List<ClassBytes> classes) {}
}
