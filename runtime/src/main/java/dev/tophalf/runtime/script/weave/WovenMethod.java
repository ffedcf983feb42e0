package dev.tophalf.runtime.script.weave;

import dev.tophalf.runtime.contract.Contract;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** A method while it is woven. */
record WovenMethod(ClassNode owner, MethodNode node, SiteNumbers numbers, WeaveOptions options) {

    /** The number of a call of a kernel function in {@code line}. */
    int callSite(int line, Contract contract) {
        return numbers.call(owner.name, node.name, line, contract);
    }

    /** The number of a place in {@code line}. */
    int site(int line) {
        return numbers.place(owner.name, node.name, line);
    }

    /** The call of a hook. */
    MethodInsnNode hook(String name, String descriptor) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, options.hooks(), name, descriptor, false);
    }

    /** Charges for the memory that {@code code} pushes; nothing if costs are not charged. */
    InsnList charge(InsnList code, int line) {
        return count("charge", code, line);
    }

    /** Charges for the work that {@code code} pushes; nothing if costs are not charged. */
    InsnList work(InsnList code, int line) {
        return count("work", code, line);
    }

    private InsnList count(String hook, InsnList code, int line) {
        if (!options.charges()) {
            return new InsnList();
        }
        code.add(push(site(line)));
        code.add(hook(hook, "(II)V"));
        return code;
    }

    /** The line of the first instruction that has one, or 0. */
    int firstLine() {
        for (AbstractInsnNode instruction : node.instructions) {
            if (instruction instanceof LineNumberNode line) {
                return line.line;
            }
        }
        return 0;
    }

    /** The shortest instruction that pushes {@code value}. */
    static AbstractInsnNode push(int value) {
        if (value >= -1 && value <= 5) {
            return new InsnNode(Opcodes.ICONST_0 + value);
        }
        if (value == (byte) value) {
            return new IntInsnNode(Opcodes.BIPUSH, value);
        }
        if (value == (short) value) {
            return new IntInsnNode(Opcodes.SIPUSH, value);
        }
        return new LdcInsnNode(value);
    }
}
