package dev.tophalf.runtime.script.verify;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** Judges the instructions of a method. */
final class MethodCheck {
    private final MethodNode method;
    private final Permissions permissions;
    private final Complaints complaints;
    private int line;

    MethodCheck(MethodNode method, Permissions permissions, Complaints complaints) {
        this.method = method;
        this.permissions = permissions;
        this.complaints = complaints;
    }

    /** The line of the first statement, or 0. */
    int firstLine() {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof LineNumberNode number) {
                return number.line;
            }
        }
        return 0;
    }

    void check() {
        line = firstLine();
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            if (block.type != null) {
                checkType(Type.getObjectType(block.type));
            }
        }
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof LineNumberNode number) {
                line = number.line;
            } else {
                check(instruction);
            }
        }
    }

    private void check(AbstractInsnNode instruction) {
        if (instruction instanceof FieldInsnNode field) {
            if (!permissions.mayUse(field.owner, field.name, field.desc)) {
                complaints.refuse(line, Names.member(field.owner, field.name, false), field.owner);
            }
        } else if (instruction instanceof MethodInsnNode call) {
            checkCall(call.owner, call.name, call.desc);
        } else if (instruction instanceof TypeInsnNode type) {
            checkType(Type.getObjectType(type.desc));
        } else if (instruction instanceof MultiANewArrayInsnNode array) {
            checkType(Type.getType(array.desc));
            if (array.dims > 2) {
                complaints.add(line, "an array of more than two dimensions is not available to drivers");
            }
        } else if (instruction instanceof LdcInsnNode constant) {
            checkConstant(constant.cst);
        } else if (instruction instanceof InvokeDynamicInsnNode site) {
            checkSite(site);
        } else {
            checkOpcode(instruction.getOpcode());
        }
    }

    private void checkCall(String owner, String name, String descriptor) {
        if (!permissions.mayUse(owner, name, descriptor)) {
            complaints.refuse(line, Names.member(owner, name, true), owner);
        }
    }

    private void checkType(Type type) {
        for (Type part : Names.parts(type)) {
            if (!permissions.mayName(part)) {
                complaints.refuse(line, Names.readable(part.getInternalName()), part.getInternalName());
            }
        }
    }

    private void checkConstant(Object constant) {
        if (constant instanceof Type type && type.getSort() != Type.METHOD) {
            checkType(type);
        } else if (!(constant instanceof Number) && !(constant instanceof String)) {
            complaints.add(line, "this constant is not available to drivers: " + constant);
        }
    }

    /** The only dynamic instruction is one that makes a function pointer. */
    private void checkSite(InvokeDynamicInsnNode site) {
        boolean metafactory = site.bsm.getTag() == Opcodes.H_INVOKESTATIC
                && site.bsm.getOwner().equals("java/lang/invoke/LambdaMetafactory")
                && site.bsm.getName().equals("metafactory")
                && site.bsmArgs.length == 3;
        if (metafactory
                && site.bsmArgs[0] instanceof Type erased
                && site.bsmArgs[1] instanceof Handle target
                && site.bsmArgs[2] instanceof Type instantiated) {
            checkType(Type.getMethodType(site.desc));
            checkType(erased);
            checkType(instantiated);
            checkTarget(site, target);
        } else {
            complaints.add(line, "dynamic Groovy is not available to drivers (" + site.name + "); declare the type");
        }
    }

    private void checkTarget(InvokeDynamicInsnNode site, Handle target) {
        String type = Type.getReturnType(site.desc).getInternalName();
        if (!permissions.mayPoint(type)) {
            complaints.refuse(line, "a pointer of type " + Names.readable(type), type);
        }
        checkCall(target.getOwner(), target.getName(), target.getDesc());
        if (target.getTag() != Opcodes.H_INVOKESTATIC) {
            complaints.add(line, "only a function has a pointer, and " + target.getName() + " is not one");
        }
        boolean captures = Type.getArgumentCount(site.desc) > 0;
        if (captures && permissions.isKernelFunction(target.getOwner(), target.getName(), target.getDesc())) {
            complaints.add(line, "a pointer to " + target.getName() + "() cannot carry arguments");
        }
    }

    private void checkOpcode(int opcode) {
        if (opcode == Opcodes.MONITORENTER || opcode == Opcodes.MONITOREXIT) {
            complaints.add(line, "synchronized is not available to drivers; use a lock of the kernel");
        } else if (opcode == Opcodes.JSR || opcode == Opcodes.RET) {
            complaints.add(line, "this instruction is not available to drivers: " + opcode);
        }
    }
}
