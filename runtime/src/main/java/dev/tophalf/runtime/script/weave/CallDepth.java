package dev.tophalf.runtime.script.weave;

import java.util.LinkedHashSet;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Lets the host count how deep calls are nested. A method remembers the depth that it was called at, gives it back where
 * it returns, and tells it where it catches something, as what was called has not returned then.
 *
 * <p>A constructor's entry is before its call of the superclass; the hook does not see the object.
 */
final class CallDepth {
    private CallDepth() {}

    static void weave(WovenMethod method) {
        int depth = method.node().maxLocals++;
        Set<LabelNode> handlers = new LinkedHashSet<>();
        for (TryCatchBlockNode block : method.node().tryCatchBlocks) {
            handlers.add(block.handler);
        }
        for (AbstractInsnNode instruction : method.node().instructions.toArray()) {
            int opcode = instruction.getOpcode();
            if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
                method.node().instructions.insertBefore(instruction, hook(method, depth, "leave"));
            } else if (instruction instanceof LabelNode label && handlers.contains(label)) {
                method.node().instructions.insert(label, hook(method, depth, "caught"));
            }
        }
        InsnList entry = new InsnList();
        entry.add(WovenMethod.push(method.site(method.firstLine())));
        entry.add(method.hook("enter", "(I)I"));
        entry.add(new VarInsnNode(Opcodes.ISTORE, depth));
        method.node().instructions.insert(entry);
    }

    private static InsnList hook(WovenMethod method, int depth, String name) {
        InsnList code = new InsnList();
        code.add(new VarInsnNode(Opcodes.ILOAD, depth));
        code.add(method.hook(name, "(I)V"));
        return code;
    }
}
