package dev.tophalf.runtime.script.weave;

import dev.tophalf.runtime.script.bytecode.ClassHierarchy;
import dev.tophalf.runtime.script.bytecode.ParsedScript;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** Makes arrays and objects cost what they are large, before they are made. */
final class Allocations {
    private static final int REFERENCE_BYTES = 4;
    private static final int HEAD_BYTES = 16;
    private static final int MEMBER_BYTES = 32;
    private static final int UNIT_BYTES = 64;
    /** In the order of the operands of NEWARRAY: boolean, char, float, double, byte, short, int, long. */
    private static final int[] PRIMITIVE_BYTES = {1, 2, 4, 8, 1, 2, 4, 8};

    private Allocations() {}

    static void weave(WovenMethod method, ParsedScript script, ClassHierarchy hierarchy) {
        int line = 0;
        for (AbstractInsnNode instruction : method.node().instructions.toArray()) {
            if (instruction instanceof LineNumberNode number) {
                line = number.line;
            }
            InsnList cost = cost(instruction);
            if (instruction instanceof TypeInsnNode type && type.getOpcode() == Opcodes.NEW) {
                if (hierarchy.isSubclass(type.desc, "java/lang/Throwable")) {
                    method.node().instructions.insertBefore(instruction, exception(method, line));
                } else {
                    cost.add(WovenMethod.push(units(type.desc, script)));
                }
            }
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

    private static InsnList exception(WovenMethod method, int line) {
        InsnList code = new InsnList();
        if (method.options().charges()) {
            code.add(WovenMethod.push(method.site(line)));
            code.add(method.hook("exception", "(I)V"));
        }
        return code;
    }

    /** What an object costs: at least 64 bytes, and for each member what it may embed. */
    private static int units(String type, ParsedScript script) {
        int bytes = HEAD_BYTES;
        for (ClassNode node = script.find(type); node != null; node = script.find(node.superName)) {
            bytes += MEMBER_BYTES * node.fields.size();
        }
        return 1 + bytes / UNIT_BYTES;
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
