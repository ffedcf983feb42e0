package dev.tophalf.runtime.script.weave;

import dev.tophalf.runtime.script.bytecode.ClassHierarchy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * Keeps a driver from catching its own end. A handler that could catch a kill is reached by way of a few instructions
 * that throw a kill on.
 *
 * <p>They stand at the end of the method, outside of everything that is protected: a {@code finally} handler protects
 * itself, so that a kill thrown on from inside would come back to it for ever. A handler for {@code Exception} needs
 * none, as a kill is an {@code Error}.
 */
final class KillTrampolines {
    private static final String THROWABLE = "java/lang/Throwable";

    private KillTrampolines() {}

    static void weave(WovenMethod method, ClassHierarchy hierarchy) {
        Map<LabelNode, LabelNode> trampolines = new LinkedHashMap<>();
        InsnList code = new InsnList();
        for (TryCatchBlockNode block : method.node().tryCatchBlocks) {
            if (catchesErrors(block.type, hierarchy)) {
                block.handler = trampolines.computeIfAbsent(block.handler, handler -> add(code, handler, method));
            }
        }
        method.node().instructions.add(code);
    }

    /** Whether a handler for {@code type} may see an error: whatever is not certainly an exception. */
    private static boolean catchesErrors(@Nullable String type, ClassHierarchy hierarchy) {
        return type == null || !hierarchy.isSubclass(type, "java/lang/Exception");
    }

    private static LabelNode add(InsnList code, LabelNode handler, WovenMethod method) {
        LabelNode trampoline = new LabelNode();
        code.add(trampoline);
        code.add(new InsnNode(Opcodes.DUP));
        code.add(method.hook("rethrowIfKilled", "(L" + THROWABLE + ";)V"));
        code.add(new JumpInsnNode(Opcodes.GOTO, handler));
        return trampoline;
    }
}
