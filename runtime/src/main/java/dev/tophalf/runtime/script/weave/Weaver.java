package dev.tophalf.runtime.script.weave;

import dev.tophalf.runtime.contract.KernelApi;
import dev.tophalf.runtime.script.ClassBytes;
import dev.tophalf.runtime.script.Deadline;
import dev.tophalf.runtime.script.Scope;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.runtime.script.bytecode.ClassHierarchy;
import dev.tophalf.runtime.script.bytecode.KernelMembers;
import dev.tophalf.runtime.script.bytecode.ParsedScript;
import dev.tophalf.runtime.script.bytecode.ScopeClasses;
import dev.tophalf.runtime.trace.Sites;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Rewrites a verified script: every call of a kernel function passes the gate, every loop and entry ticks, no handler
 * keeps a kill, and a function has one pointer per type.
 *
 * <p>The order of the steps matters. Pointers come first, as they remove instructions; handlers come last, as the code
 * that they add must not tick. A tick is found by its jump, so whatever stands between stays in place.
 */
public final class Weaver {
    private final KernelMembers kernel;
    private final Sites sites;
    private final WeaveOptions options;

    public Weaver(KernelApi api, Sites sites) {
        this(KernelMembers.of(api), sites, WeaveOptions.DEFAULT);
    }

    public Weaver(KernelMembers kernel, Sites sites, WeaveOptions options) {
        this.kernel = kernel;
        this.sites = sites;
        this.options = options;
    }

    /** The woven classes, and those of the function pointers, to be loaded together. */
    public List<ClassBytes> weave(ScriptSource source, List<ClassBytes> classes, Scope scope) {
        ParsedScript script = ParsedScript.of(classes);
        ScopeClasses earlier = ScopeClasses.of(scope);
        ClassHierarchy hierarchy = new ClassHierarchy(script, earlier);
        SiteNumbers numbers = new SiteNumbers(source, script, sites);
        PointerClasses pointers = new PointerClasses(source, script, earlier, kernel);
        List<ClassBytes> woven = new ArrayList<>();
        for (ClassNode node : script.classes()) {
            for (MethodNode method : node.methods) {
                Deadline.check();
                if (method.instructions.size() > 0) {
                    weave(new WovenMethod(node, method, numbers, options), script, hierarchy, pointers);
                }
            }
            woven.add(FrameWriter.write(node, hierarchy));
        }
        woven.addAll(pointers.classes());
        return woven;
    }

    private void weave(WovenMethod method, ParsedScript script, ClassHierarchy hierarchy, PointerClasses pointers) {
        PointerSites.weave(method, pointers);
        if (options.accesses()) {
            Accesses.weave(method, script);
        }
        LibraryCalls.weave(method);
        Allocations.weave(method, script, hierarchy);
        GateCalls.weave(method, kernel);
        if ((method.node().access & Opcodes.ACC_BRIDGE) == 0) {
            Ticks.weave(method);
            CallDepth.weave(method);
        }
        KillTrampolines.weave(method, hierarchy);
    }
}
