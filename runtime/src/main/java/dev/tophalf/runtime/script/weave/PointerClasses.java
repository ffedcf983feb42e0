package dev.tophalf.runtime.script.weave;

import dev.tophalf.runtime.contract.Contract;
import dev.tophalf.runtime.script.ClassBytes;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.runtime.script.bytecode.FunctionNames;
import dev.tophalf.runtime.script.bytecode.KernelMembers;
import dev.tophalf.runtime.script.bytecode.ParsedScript;
import dev.tophalf.runtime.script.bytecode.ScopeClasses;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The classes of the function pointers that one script takes: one for each function and interface.
 *
 * <p>The name of such a class says whose function it points to, {@code owner$$function$interface$hash}. A script that
 * takes the address of an earlier script's function makes the class that the earlier script would have made, and the
 * loader of the earlier one keeps the first: so the pointer is the same from everywhere.
 */
final class PointerClasses {
    private final ScriptSource source;
    private final ParsedScript script;
    private final ScopeClasses scope;
    private final KernelMembers kernel;
    private final Set<String> written = new LinkedHashSet<>();
    private final List<ClassBytes> classes = new ArrayList<>();

    PointerClasses(ScriptSource source, ParsedScript script, ScopeClasses scope, KernelMembers kernel) {
        this.source = source;
        this.script = script;
        this.scope = scope;
        this.kernel = kernel;
    }

    /** Every class that was asked for, in that order. */
    List<ClassBytes> classes() {
        return classes;
    }

    /** The name of the class of the pointer, which {@code method} takes in {@code line}. */
    String pointer(PointerShape shape, WovenMethod method, int line) {
        String name = name(shape);
        if (written.add(name)) {
            write(name, shape, method, line);
        }
        return name;
    }

    private void write(String name, PointerShape shape, WovenMethod method, int line) {
        Handle target = shape.target();
        open(target);
        PointerWriter writer = new PointerWriter(shape, name);
        Contract contract = kernel.function(target.getOwner(), target.getName(), target.getDesc());
        if (contract != null) {
            writer.gate(method.options().hooks(), method.callSite(line, contract));
        }
        String function = FunctionNames.pointer(script, target.getOwner(), target.getName());
        ScriptSource definition = definition(target);
        int definitionLine = definition == null ? line : Definitions.line(definition, target.getName(), line);
        classes.add(writer.write(function, (definition == null ? source : definition).file(), definitionLine));
    }

    /** A script class has at most one {@code $} in a row, so two make a name that no script has. */
    private String name(PointerShape shape) {
        String owner = shape.target().getOwner();
        boolean earlier = scope.find(owner) != null && !script.contains(owner) && kernel.isType(shape.type());
        String host = earlier || script.contains(owner)
                ? owner
                : script.classes().iterator().next().name;
        String hash = Integer.toHexString(shape.hash());
        return host + "$$" + shape.target().getName() + "$" + shape.typeName() + "$" + hash;
    }

    /** The pointer is another class, so what is private in the script is opened to its neighbours. */
    private void open(Handle target) {
        ClassNode owner = script.find(target.getOwner());
        if (owner != null) {
            for (MethodNode method : owner.methods) {
                if (method.name.equals(target.getName()) && method.desc.equals(target.getDesc())) {
                    method.access &= ~Opcodes.ACC_PRIVATE;
                }
            }
        }
    }

    /** The text that defines the function by name; null for a lambda, or a function of the kernel. */
    private @Nullable ScriptSource definition(Handle target) {
        if (FunctionNames.isLambda(target.getName())) {
            return null;
        }
        return script.contains(target.getOwner()) ? source : scope.source(target.getOwner());
    }
}
