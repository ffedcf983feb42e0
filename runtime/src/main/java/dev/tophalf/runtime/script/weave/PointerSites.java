package dev.tophalf.runtime.script.weave;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Replaces each place where a driver takes the address of a function by a read of the one pointer to that function. A
 * lambda that captures variables is a new object each time, of a class of the same making.
 */
final class PointerSites {
    private PointerSites() {}

    static void weave(WovenMethod method, PointerClasses pointers) {
        int line = 0;
        for (AbstractInsnNode instruction : method.node().instructions.toArray()) {
            if (instruction instanceof LineNumberNode number) {
                line = number.line;
            } else if (instruction instanceof InvokeDynamicInsnNode site) {
                PointerShape shape = PointerShape.of(site);
                if (shape != null) {
                    String pointer = pointers.pointer(shape, method, line);
                    method.node().instructions.set(site, take(shape, pointer));
                }
            }
        }
    }

    private static AbstractInsnNode take(PointerShape shape, String pointer) {
        if (shape.captured().length == 0) {
            return new FieldInsnNode(Opcodes.GETSTATIC, pointer, PointerWriter.INSTANCE, "L" + shape.type() + ";");
        }
        String descriptor = shape.site().getDescriptor();
        return new MethodInsnNode(Opcodes.INVOKESTATIC, pointer, PointerWriter.MAKE, descriptor, false);
    }
}
