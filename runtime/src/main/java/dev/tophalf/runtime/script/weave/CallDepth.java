package dev.tophalf.runtime.script.weave;

import java.util.LinkedHashSet;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
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
                InsnList code = new InsnList();
                code.add(new VarInsnNode(Opcodes.ILOAD, depth));
                code.add(method.hook("leave", "(I)V"));
                method.node().instructions.insertBefore(instruction, code);
            } else if (instruction instanceof LabelNode label && handlers.contains(label)) {
                InsnList code = new InsnList();
                code.add(new VarInsnNode(Opcodes.ILOAD, depth));
                code.add(WovenMethod.push(method.site(line(label))));
                code.add(method.hook("caught", "(II)V"));
                method.node().instructions.insert(label, code);
            }
        }
        InsnList entry = new InsnList();
        entry.add(WovenMethod.push(method.site(method.firstLine())));
        entry.add(method.hook("enter", "(I)I"));
        entry.add(new VarInsnNode(Opcodes.ISTORE, depth));
        method.node().instructions.insert(entry);
    }

    /** The line of what stands before, or 0. */
    private static int line(AbstractInsnNode start) {
        for (AbstractInsnNode at = start; at != null; at = at.getPrevious()) {
            if (at instanceof LineNumberNode number) {
                return number.line;
            }
        }
        return 0;
    }
}
