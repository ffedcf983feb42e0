package dev.tophalf.runtime.script.weave;

import dev.tophalf.runtime.script.bytecode.ParsedScript;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Reports reads and writes of what drivers share: members of their structs, file-scope variables, array elements. The
 * report comes just before the access.
 *
 * <p>Constructors report nothing: nobody else knows the object yet, and before the call of the superclass the JVM lets
 * nobody see it. Members that are final never change and are not reported either.
 */
final class Accesses {
    private static final String MEMBER = "(Ljava/lang/Object;Ljava/lang/String;I)V";
    private static final String ELEMENT = "(Ljava/lang/Object;II)V";

    private final WovenMethod method;
    private final ParsedScript script;
    private final int spill;
    private int line;

    private Accesses(WovenMethod method, ParsedScript script) {
        this.method = method;
        this.script = script;
        this.spill = method.node().maxLocals;
    }

    static void weave(WovenMethod method, ParsedScript script) {
        if (method.node().name.startsWith("<")) {
            return;
        }
        Accesses accesses = new Accesses(method, script);
        for (AbstractInsnNode instruction : method.node().instructions.toArray()) {
            if (instruction instanceof LineNumberNode number) {
                accesses.line = number.line;
            } else if (instruction instanceof FieldInsnNode field && accesses.isShared(field)) {
                accesses.weaveMember(field);
            } else {
                accesses.weaveElement(instruction);
            }
        }
    }

    private boolean isShared(FieldInsnNode access) {
        ClassNode owner = script.find(access.owner);
        while (owner != null) {
            for (FieldNode field : owner.fields) {
                if (field.name.equals(access.name) && field.desc.equals(access.desc)) {
                    return (field.access & Opcodes.ACC_FINAL) == 0;
                }
            }
            owner = script.find(owner.superName);
        }
        return false;
    }

    private void weaveMember(FieldInsnNode access) {
        InsnList code = new InsnList();
        boolean wide = Type.getType(access.desc).getSize() == 2;
        switch (access.getOpcode()) {
            case Opcodes.GETFIELD -> {
                code.add(new InsnNode(Opcodes.DUP));
                report(code, "read", access.name);
            }
            case Opcodes.PUTFIELD -> {
                ownerUnderValue(code, wide);
                report(code, "write", access.name);
                if (wide) {
                    code.add(new InsnNode(Opcodes.DUP_X2));
                    code.add(new InsnNode(Opcodes.POP));
                }
            }
            default -> {
                code.add(new LdcInsnNode(Type.getObjectType(access.owner)));
                report(code, access.getOpcode() == Opcodes.GETSTATIC ? "read" : "write", access.name);
            }
        }
        method.node().instructions.insertBefore(access, code);
    }

    /** Pushes the owner that stands under the value; if that is wide, the value goes to the bottom meanwhile. */
    private static void ownerUnderValue(InsnList code, boolean wide) {
        if (wide) {
            code.add(new InsnNode(Opcodes.DUP2_X1));
            code.add(new InsnNode(Opcodes.POP2));
            code.add(new InsnNode(Opcodes.DUP));
        } else {
            code.add(new InsnNode(Opcodes.DUP2));
            code.add(new InsnNode(Opcodes.POP));
        }
    }

    private void report(InsnList code, String hook, String member) {
        code.add(new LdcInsnNode(member));
        code.add(WovenMethod.push(method.site(line)));
        code.add(method.hook(hook, MEMBER));
    }

    private void weaveElement(AbstractInsnNode instruction) {
        int opcode = instruction.getOpcode();
        InsnList code = new InsnList();
        if (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD) {
            reportElement(code, "readElement");
        } else if (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE) {
            Type value = element(opcode);
            method.node().maxLocals = Math.max(method.node().maxLocals, spill + value.getSize());
            code.add(new VarInsnNode(value.getOpcode(Opcodes.ISTORE), spill));
            reportElement(code, "writeElement");
            code.add(new VarInsnNode(value.getOpcode(Opcodes.ILOAD), spill));
        }
        method.node().instructions.insertBefore(instruction, code);
    }

    private void reportElement(InsnList code, String hook) {
        code.add(new InsnNode(Opcodes.DUP2));
        code.add(WovenMethod.push(method.site(line)));
        code.add(method.hook(hook, ELEMENT));
    }

    private static Type element(int store) {
        return switch (store) {
            case Opcodes.LASTORE -> Type.LONG_TYPE;
            case Opcodes.FASTORE -> Type.FLOAT_TYPE;
            case Opcodes.DASTORE -> Type.DOUBLE_TYPE;
            case Opcodes.AASTORE -> Type.getType(Object.class);
            default -> Type.INT_TYPE;
        };
    }
}
