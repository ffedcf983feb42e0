package dev.tophalf.runtime.script;

import com.google.common.collect.ImmutableSet;
import dev.tophalf.runtime.script.bytecode.KernelMembers;
import dev.tophalf.runtime.script.verify.Allowlist;
import dev.tophalf.runtime.script.weave.WeaveOptions;
import java.util.Set;
import java.util.function.Predicate;

/** The classes of the host that a script's loader lets through: what the verifier allows and what woven code needs. */
final class VisibleClasses implements Predicate<String> {
    /** What woven code calls, and what function pointers implement. */
    private static final Set<String> WOVEN = ImmutableSet.of(
            "dev.tophalf.runtime.contract.FunctionPointer", "dev.tophalf.runtime.script.library.Library");

    /**
     * What Java's reflection asks a script's loader for when the host has made the same struct, or called the same
     * function, often. Its names are not the verifier's, so no script can use them.
     */
    private static final Set<String> REFLECTION = ImmutableSet.of(
            "java.lang.reflect.InvocationTargetException",
            "jdk.internal.reflect.ConstructorAccessorImpl",
            "jdk.internal.reflect.MethodAccessorImpl");

    private final KernelMembers kernel;
    private final Allowlist allowlist;
    private final String hooks;

    VisibleClasses(KernelMembers kernel, Allowlist allowlist, WeaveOptions options) {
        this.kernel = kernel;
        this.allowlist = allowlist;
        this.hooks = options.hooks().replace('/', '.');
    }

    @Override
    public boolean test(String name) {
        return name.equals(hooks)
                || WOVEN.contains(name)
                || REFLECTION.contains(name)
                || allowlist.allows(name.replace('.', '/'))
                || kernel.mentions(name);
    }
}
