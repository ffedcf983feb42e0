package dev.tophalf.runtime.script;

import dev.tophalf.runtime.contract.KernelApi;
import dev.tophalf.runtime.script.bytecode.KernelMembers;
import dev.tophalf.runtime.script.verify.Allowlist;
import dev.tophalf.runtime.script.verify.Verifier;
import dev.tophalf.runtime.script.weave.Weaver;
import dev.tophalf.runtime.trace.Sites;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.MethodTooLargeException;

/**
 * The way from a driver's source to classes that may run: compile, verify, weave. It keeps what it compiled last, so
 * that loading a driver again costs nothing.
 */
public final class ScriptCompiler {
    private static final int KEPT = 64;

    private final FrontEnd frontEnd;
    private final Verifier verifier;
    private final Weaver weaver;
    private final VisibleClasses visible;
    private final CompileOptions options;
    private final Map<ScriptSource, CompiledScript> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ScriptSource, CompiledScript> eldest) {
            return size() > KEPT;
        }
    };

    /** A compiler of scripts that may name what {@code api} has; {@code sites} collects the places that it weaves. */
    public ScriptCompiler(KernelApi api, Sites sites) {
        this(api, sites, CompileOptions.DEFAULT);
    }

    /** As {@link #ScriptCompiler(KernelApi, Sites)}, with options. */
    public ScriptCompiler(KernelApi api, Sites sites, CompileOptions options) {
        this(api, sites, options, FrontEnd.dialect(api));
    }

    ScriptCompiler(KernelApi api, Sites sites, CompileOptions options, FrontEnd frontEnd) {
        KernelMembers kernel = KernelMembers.of(api);
        this.frontEnd = frontEnd;
        this.verifier = new Verifier(kernel, Allowlist.DRIVERS);
        this.weaver = new Weaver(kernel, sites, options.weave());
        this.visible = new VisibleClasses(kernel, Allowlist.DRIVERS, options.weave());
        this.options = options;
    }

    /**
     * Compiles one script; {@code scope} is what it sees of earlier ones. It may be called from any thread.
     *
     * @throws ScriptRejectedException with every reason that was found, if the script may not run
     */
    public CompiledScript compile(ScriptSource source, Scope scope) throws ScriptRejectedException {
        checkLength(source);
        CompiledScript known = scope == Scope.EMPTY ? kept(source) : null;
        if (known != null) {
            return known;
        }
        CompiledScript compiled =
                CompileThread.run(source, options.deadline(), () -> compileVerifyWeave(source, scope));
        if (scope == Scope.EMPTY) {
            keep(compiled);
        }
        return compiled;
    }

    private void checkLength(ScriptSource source) throws ScriptRejectedException {
        int length = source.text().length();
        if (length > options.sourceChars()) {
            throw CompileThread.rejected(
                    source,
                    String.format(
                            Locale.ROOT,
                            "the file has %,d characters; %,d are allowed",
                            length,
                            options.sourceChars()));
        }
    }

    private CompiledScript compileVerifyWeave(ScriptSource source, Scope scope) throws ScriptRejectedException {
        FrontEnd.Output output = frontEnd.compile(source, scope);
        List<Diagnostic> diagnostics = verifier.verify(source, output.classes(), scope);
        if (!diagnostics.isEmpty()) {
            throw new ScriptRejectedException(diagnostics);
        }
        List<ClassBytes> woven = weave(source, output.classes(), scope);
        return new CompiledScript(source, output.scriptClass(), woven, scope, visible);
    }

    private List<ClassBytes> weave(ScriptSource source, List<ClassBytes> classes, Scope scope)
            throws ScriptRejectedException {
        try {
            return weaver.weave(source, classes, scope);
        } catch (MethodTooLargeException e) {
            throw CompileThread.rejected(source, e.getMethodName() + "() is too large");
        } catch (ClassTooLargeException e) {
            throw CompileThread.rejected(source, e.getClassName() + " is too large");
        }
    }

    private @Nullable CompiledScript kept(ScriptSource source) {
        synchronized (kept) {
            return kept.get(source);
        }
    }

    private void keep(CompiledScript script) {
        synchronized (kept) {
            kept.put(script.source(), script);
        }
    }
}
