package dev.tophalf.runtime.script.weave;

import dev.tophalf.runtime.contract.Contract;
import dev.tophalf.runtime.script.bytecode.KernelMembers;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Sends every call of a kernel function through the gate. The arguments are on the operand stack by then: they are
 * moved to fresh local variables, shown to the gate in an array, and pushed again for the call itself.
 */
final class GateCalls {
    private GateCalls() {}

    static void weave(WovenMethod method, KernelMembers kernel) {
        int spill = method.node().maxLocals;
        int line = 0;
        for (AbstractInsnNode instruction : method.node().instructions.toArray()) {
            if (instruction instanceof LineNumberNode number) {
                line = number.line;
            }
            if (instruction instanceof MethodInsnNode call && call.getOpcode() == Opcodes.INVOKESTATIC) {
                Contract contract = kernel.function(call.owner, call.name, call.desc);
                if (contract != null) {
                    method.node().instructions.insertBefore(call, gate(method, call, contract, line, spill));
                }
            }
        }
    }

    private static InsnList gate(WovenMethod method, MethodInsnNode call, Contract contract, int line, int spill) {
        Type[] parameters = Type.getArgumentTypes(call.desc);
        InsnList code = new InsnList();
        int end = spill;
        for (Type parameter : parameters) {
            end += parameter.getSize();
        }
        method.node().maxLocals = Math.max(method.node().maxLocals, end);
        for (int i = parameters.length - 1, slot = end; i >= 0; i--) {
            slot -= parameters[i].getSize();
            code.add(new VarInsnNode(parameters[i].getOpcode(Opcodes.ISTORE), slot));
        }
        code.add(WovenMethod.push(method.callSite(line, contract)));
        if (parameters.length > 0) {
            box(code, parameters, spill);
        }
        code.add(method.hook("call", parameters.length > 0 ? "(I[Ljava/lang/Object;)V" : "(I)V"));
        load(code, parameters, spill);
        return code;
    }

    /** Pushes the arguments that start at local variable {@code slot}, in an array. */
    static void box(InsnList code, Type[] parameters, int slot) {
        int from = slot;
        code.add(WovenMethod.push(parameters.length));
        code.add(new TypeInsnNode(Opcodes.ANEWARRAY, "java/lang/Object"));
        for (int i = 0; i < parameters.length; i++) {
            code.add(new InsnNode(Opcodes.DUP));
            code.add(WovenMethod.push(i));
            code.add(new VarInsnNode(parameters[i].getOpcode(Opcodes.ILOAD), from));
            Adaptation.box(code, parameters[i]);
            code.add(new InsnNode(Opcodes.AASTORE));
            from += parameters[i].getSize();
        }
    }

    private static void load(InsnList code, Type[] parameters, int slot) {
        int from = slot;
        for (Type parameter : parameters) {
            code.add(new VarInsnNode(parameter.getOpcode(Opcodes.ILOAD), from));
            from += parameter.getSize();
        }
    }
}
