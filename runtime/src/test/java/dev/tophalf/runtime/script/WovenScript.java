package dev.tophalf.runtime.script;

import dev.tophalf.runtime.script.bytecode.KernelMembers;
import dev.tophalf.runtime.script.weave.WeaveOptions;
import dev.tophalf.runtime.script.weave.Weaver;
import dev.tophalf.runtime.trace.Site;
import dev.tophalf.runtime.trace.Sites;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.util.CheckClassAdapter;

/** A plain Groovy script, woven with {@link TestHooks} and loaded. */
public final class WovenScript {
    private final Sites sites = new Sites();
    private final ClassLoader loader;
    private final List<ClassBytes> classes;

    public WovenScript(String text) {
        this(text, WeaveOptions.DEFAULT);
    }

    public WovenScript(String text, WeaveOptions options) {
        this(new ScriptSource("test.groovy", text), GroovyCompiler.compile(text), options);
    }

    public WovenScript(ScriptSource source, List<ClassBytes> compiled, WeaveOptions options) {
        KernelMembers kernel = KernelMembers.of(TestKernel.api());
        classes = new Weaver(kernel, sites, options.withHooks(TestHooks.NAME)).weave(source, compiled, Scope.EMPTY);
        loader = new ScriptLoader(source, classes, Scope.EMPTY, name -> true);
        TestHooks.reset(100_000);
    }

    /** Calls a static function of the script. */
    public Object call(String function, Object... arguments) throws Throwable {
        return invoke(loader.loadClass("test_ko"), function, arguments);
    }

    /** Calls a static function of the first of these classes, which is neither woven nor verified. */
    public static Object callPlain(String text, String function, Object... arguments) throws Throwable {
        ScriptSource source = new ScriptSource("test.groovy", text);
        ClassLoader loader = new ScriptLoader(source, GroovyCompiler.compile(text), Scope.EMPTY, name -> true);
        return invoke(loader.loadClass("test_ko"), function, arguments);
    }

    private static Object invoke(Class<?> type, String function, Object... arguments) throws Throwable {
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals(function)) {
                try {
                    return method.invoke(null, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            }
        }
        throw new IllegalArgumentException("no function " + function);
    }

    public List<ClassBytes> classes() {
        return classes;
    }

    public Class<?> type(String name) throws ClassNotFoundException {
        return loader.loadClass(name);
    }

    public Site site(int number) {
        return sites.get(number);
    }

    /** What ASM's own verifier has to say about the classes; empty for nothing. */
    public String complaints() {
        StringWriter text = new StringWriter();
        for (ClassBytes bytes : classes) {
            CheckClassAdapter.verify(new ClassReader(bytes.bytes()), loader, false, new PrintWriter(text));
        }
        return text.toString();
    }
}
