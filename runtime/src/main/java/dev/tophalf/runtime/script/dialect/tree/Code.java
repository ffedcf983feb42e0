package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.ClassInfo;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.Member;
import dev.tophalf.runtime.script.dialect.type.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The bytecode of one method as it is written: instructions, local variables, lines, and what {@code finally} guards. */
public final class Code {
    private final MethodVisitor out;
    private final Deque<ProtectedRegion> regions = new ArrayDeque<>();
    private int nextSlot;
    private int line;
    private boolean lineIsNew;

    public Code(MethodVisitor out, int firstSlot) {
        this.out = out;
        this.nextSlot = firstSlot;
    }

    /** Where the next instruction is written to. */
    public MethodVisitor out() {
        if (lineIsNew) {
            lineIsNew = false;
            Label here = new Label();
            out.visitLabel(here);
            out.visitLineNumber(line, here);
        }
        return out;
    }

    /** What comes next belongs to that line of the source. */
    public void line(int number) {
        if (number > 0 && number != line) {
            line = number;
            lineIsNew = true;
        }
    }

    /** The regions that an exit from here leaves, the innermost first. */
    Deque<ProtectedRegion> regions() {
        return regions;
    }

    int nextSlot() {
        return nextSlot;
    }

    /** Gives back every slot from {@code slot} on. */
    void release(int slot) {
        nextSlot = slot;
    }

    /** A fresh local variable for values of that type. */
    public Local allocate(Type type) {
        Local local = new Local("", type);
        place(local);
        return local;
    }

    /** Gives {@code local} a slot. */
    void place(Local local) {
        local.setSlot(nextSlot);
        nextSlot += local.slots();
    }

    void load(Local local) {
        out().visitVarInsn(opcode(local.descriptor(), Opcodes.ILOAD), local.slot());
    }

    void store(Local local) {
        out().visitVarInsn(opcode(local.descriptor(), Opcodes.ISTORE), local.slot());
    }

    /** Gives {@code local} the value on the stack, its first. */
    void define(Local local) {
        if (!local.isShared()) {
            store(local);
            return;
        }
        Local value = allocate(local.type());
        store(value);
        constant(1);
        newArray(local.descriptor().substring(1));
        op(Opcodes.DUP);
        constant(0);
        load(value);
        op(opcode(local.type().descriptor(), Opcodes.IASTORE));
        store(local);
    }

    /** Makes an array of elements of that descriptor, as long as the number on the stack says. */
    void newArray(String element) {
        if (element.length() == 1) {
            out().visitIntInsn(Opcodes.NEWARRAY, primitive(element.charAt(0)));
        } else {
            out().visitTypeInsn(Opcodes.ANEWARRAY, internalName(element));
        }
    }

    private static int primitive(char descriptor) {
        return switch (descriptor) {
            case 'Z' -> Opcodes.T_BOOLEAN;
            case 'B' -> Opcodes.T_BYTE;
            case 'S' -> Opcodes.T_SHORT;
            case 'C' -> Opcodes.T_CHAR;
            case 'I' -> Opcodes.T_INT;
            default -> Opcodes.T_LONG;
        };
    }

    void returnValue(Type type) {
        out().visitInsn(opcode(type.descriptor(), Opcodes.IRETURN));
    }

    /** The variant of an {@code int} instruction for values of that descriptor. */
    static int opcode(String descriptor, int forInt) {
        return org.objectweb.asm.Type.getType(descriptor).getOpcode(forInt);
    }

    void op(int opcode) {
        out().visitInsn(opcode);
    }

    void jump(int opcode, Label target) {
        out().visitJumpInsn(opcode, target);
    }

    void mark(Label label) {
        out.visitLabel(label);
    }

    /** What is thrown between two places goes to a third. */
    void handler(Label from, Label to, Label handler, @Nullable String type) {
        out.visitTryCatchBlock(from, to, handler, type);
    }

    void drop(Type type) {
        if (type.slots() == 2) {
            op(Opcodes.POP2);
        } else if (type.slots() == 1) {
            op(Opcodes.POP);
        }
    }

    void constant(int value) {
        if (value >= -1 && value <= 5) {
            op(Opcodes.ICONST_0 + value);
        } else if (value >= Byte.MIN_VALUE && value <= Byte.MAX_VALUE) {
            out().visitIntInsn(Opcodes.BIPUSH, value);
        } else if (value >= Short.MIN_VALUE && value <= Short.MAX_VALUE) {
            out().visitIntInsn(Opcodes.SIPUSH, value);
        } else {
            out().visitLdcInsn(value);
        }
    }

    void constant(long value) {
        if (value == 0 || value == 1) {
            op(Opcodes.LCONST_0 + (int) value);
        } else if (value >= Short.MIN_VALUE && value <= Short.MAX_VALUE) {
            constant((int) value);
            op(Opcodes.I2L);
        } else {
            out().visitLdcInsn(value);
        }
    }

    void checkCast(String descriptor) {
        if (!descriptor.equals("Ljava/lang/Object;")) {
            out().visitTypeInsn(Opcodes.CHECKCAST, internalName(descriptor));
        }
    }

    /** The operand of an instruction that names a type. */
    static String internalName(String descriptor) {
        return descriptor.startsWith("L") ? descriptor.substring(1, descriptor.length() - 1) : descriptor;
    }

    void field(int opcode, Member member) {
        out().visitFieldInsn(opcode, member.owner().internalName(), member.name(), member.storage());
    }

    void invokeStatic(String owner, String name, String descriptor) {
        out().visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, descriptor, false);
    }

    void invokeVirtual(String owner, String name, String descriptor) {
        out().visitMethodInsn(Opcodes.INVOKEVIRTUAL, owner, name, descriptor, false);
    }

    void invokeSpecial(String owner, String name, String descriptor) {
        out().visitMethodInsn(Opcodes.INVOKESPECIAL, owner, name, descriptor, false);
    }

    /** Calls {@code target}, whose receiver and arguments are on the stack. */
    void invoke(Callable target) {
        invoke(target, target.owner());
    }

    /** As {@link #invoke(Callable)}, in {@code owner}, which may be a subclass of the one that declares it. */
    void invoke(Callable target, ClassInfo owner) {
        boolean onInterface = owner.isInterface();
        int opcode = target.isStatic()
                ? Opcodes.INVOKESTATIC
                : onInterface ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
        out().visitMethodInsn(opcode, owner.internalName(), target.name(), target.descriptor(), onInterface);
    }

    void box(IntegerType type) {
        invokeStatic(type.box(), "valueOf", "(" + type.descriptor() + ")L" + type.box() + ";");
    }

    void invokeDynamic(String name, String descriptor, Handle bootstrap, Object... arguments) {
        out().visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
    }
}
