package dev.tophalf.runtime.script.dialect;

import dev.tophalf.runtime.script.ClassBytes;
import dev.tophalf.runtime.script.DriverScript;
import dev.tophalf.runtime.script.Scope;
import dev.tophalf.runtime.script.ScriptRejectedException;
import dev.tophalf.runtime.script.ScriptSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles scripts against the stand-in kernel and runs them as they come out of the compiler. */
public final class Scripts {
    private static final DialectCompiler COMPILER = new DialectCompiler(StandInKernel.api());

    private Scripts() {}

    /** A script that is loaded. */
    public static final class Loaded {
        private final Class<?> file;
        private final Loader loader;

        private Loaded(Class<?> file, Loader loader) {
            this.file = file;
            this.loader = loader;
        }

        public ClassLoader loader() {
            return loader;
        }

        public Class<?> file() {
            return file;
        }

        /** Runs the top level. */
        public @Nullable Object run() throws ReflectiveOperationException {
            return ((DriverScript) file.getConstructor().newInstance()).run();
        }

        /** Calls a function. */
        public @Nullable Object call(String function, Object... arguments) throws Throwable {
            for (Method method : file.getMethods()) {
                if (method.getName().equals(function) && method.getParameterCount() == arguments.length) {
                    try {
                        return method.invoke(null, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }
            }
            throw new NoSuchMethodException(function);
        }

        public @Nullable Object variable(String name) throws ReflectiveOperationException {
            return file.getField(name).get(null);
        }
    }

    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> classes = new HashMap<>();

        Loader(ClassLoader parent, List<ClassBytes> classes) {
            super(parent);
            classes.forEach(each -> this.classes.put(each.name(), each.bytes()));
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    public static DialectCompiler compiler() {
        return COMPILER;
    }

    public static Compiled compile(String text) throws ScriptRejectedException {
        return COMPILER.compile(new ScriptSource("test.groovy", text), Scope.EMPTY);
    }

    public static Loaded load(String text) throws Exception {
        return load(compile(text), Scripts.class.getClassLoader());
    }

    public static Loaded load(Compiled compiled, ClassLoader parent) throws ClassNotFoundException {
        Loader loader = new Loader(parent, compiled.classes());
        return new Loaded(loader.loadClass(compiled.scriptClass()), loader);
    }

    /** The value of the script's last expression. */
    public static @Nullable Object eval(String text) throws Exception {
        return load(text).run();
    }

    /** What is wrong with a script, as {@code line:column message}. */
    public static List<String> errors(String text) {
        try {
            compile(text);
            return List.of();
        } catch (ScriptRejectedException e) {
            return e.diagnostics().stream()
                    .map(each -> each.line() + ":" + each.column() + " " + each.message())
                    .toList();
        }
    }
}
