package dev.tophalf.runtime.script.weave;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;

/** Makes arrays cost what they are long, before they are made. */
final class Allocations {
    private static final int REFERENCE_BYTES = 4;
    /** In the order of the operands of NEWARRAY: boolean, char, float, double, byte, short, int, long. */
    private static final int[] PRIMITIVE_BYTES = {1, 2, 4, 8, 1, 2, 4, 8};

    private Allocations() {}

    static void weave(WovenMethod method) {
        int line = 0;
        for (AbstractInsnNode instruction : method.node().instructions.toArray()) {
            if (instruction instanceof LineNumberNode number) {
                line = number.line;
            }
            InsnList cost = cost(instruction);
            if (cost.size() > 0) {
                method.node().instructions.insertBefore(instruction, method.charge(cost, line));
            }
        }
    }

    /** Leaves the lengths on the stack where they are and pushes the cost; nothing for any other instruction. */
    private static InsnList cost(AbstractInsnNode instruction) {
        InsnList code = new InsnList();
        if (instruction instanceof MultiANewArrayInsnNode array && array.dims == 2) {
            code.add(new InsnNode(Opcodes.DUP2));
            code.add(WovenMethod.push(bytes(Type.getType(array.desc.substring(2)))));
            code.add(LibraryCalls.library("array", "(III)I"));
        } else if (instruction.getOpcode() == Opcodes.NEWARRAY) {
            one(code, PRIMITIVE_BYTES[((IntInsnNode) instruction).operand - Opcodes.T_BOOLEAN]);
        } else if (instruction.getOpcode() == Opcodes.ANEWARRAY) {
            one(code, REFERENCE_BYTES);
        }
        return code;
    }

    private static void one(InsnList code, int bytes) {
        code.add(new InsnNode(Opcodes.DUP));
        code.add(WovenMethod.push(bytes));
        code.add(LibraryCalls.library("array", "(II)I"));
    }

    private static int bytes(Type element) {
        return switch (element.getSort()) {
            case Type.BOOLEAN, Type.BYTE -> 1;
            case Type.CHAR, Type.SHORT -> 2;
            case Type.LONG, Type.DOUBLE -> 8;
            default -> 4;
        };
    }
}
