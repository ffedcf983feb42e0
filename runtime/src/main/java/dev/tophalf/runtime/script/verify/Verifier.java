package dev.tophalf.runtime.script.verify;

import dev.tophalf.runtime.contract.KernelApi;
import dev.tophalf.runtime.script.ClassBytes;
import dev.tophalf.runtime.script.Deadline;
import dev.tophalf.runtime.script.Diagnostic;
import dev.tophalf.runtime.script.Scope;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.runtime.script.bytecode.KernelMembers;
import dev.tophalf.runtime.script.bytecode.ParsedScript;
import dev.tophalf.runtime.script.bytecode.ScopeClasses;
import java.util.List;
import org.objectweb.asm.tree.ClassNode;

/**
 * Judges a compiled script before any of it runs. What is not known to be harmless is refused: it may use its own
 * classes, those of earlier scripts in its scope, the kernel as far as the index goes, and the {@link Allowlist}.
 *
 * <p>The compiler is not trusted to have kept anything out. It is the bytecode that is judged, every type that it names
 * and every member that it uses, in the form that the weaver then instruments.
 */
public final class Verifier {
    private final KernelMembers kernel;
    private final Allowlist allowlist;

    public Verifier(KernelApi api) {
        this(KernelMembers.of(api), Allowlist.DRIVERS);
    }

    public Verifier(KernelMembers kernel, Allowlist allowlist) {
        this.kernel = kernel;
        this.allowlist = allowlist;
    }

    /** Everything that is wrong with the script, in the order of its source; empty if it may run. */
    public List<Diagnostic> verify(ScriptSource source, List<ClassBytes> classes, Scope scope) {
        Complaints complaints = new Complaints(source);
        ParsedScript script;
        try {
            script = ParsedScript.of(classes);
        } catch (IllegalArgumentException e) {
            complaints.add(0, String.valueOf(e.getMessage()));
            return complaints.diagnostics();
        }
        Permissions permissions = new Permissions(script, ScopeClasses.of(scope), kernel, allowlist);
        for (ClassNode node : script.classes()) {
            Deadline.check();
            new ClassCheck(node, permissions, complaints).check();
        }
        return complaints.diagnostics();
    }
}
