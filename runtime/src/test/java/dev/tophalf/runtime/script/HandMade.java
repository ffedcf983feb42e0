package dev.tophalf.runtime.script;

import java.util.List;
import java.util.function.Consumer;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Script classes that no Groovy compiler would make: what an attack on the compiler could get out of it. */
public final class HandMade implements Opcodes {
    private HandMade() {}

    /** A script with one function {@code f()} whose body is this. */
    public static List<ClassBytes> code(Consumer<MethodVisitor> body) {
        return type("test_ko", "java/lang/Object", writer -> method(writer, ACC_PUBLIC | ACC_STATIC, "f", "()V", body));
    }

    /** A script that is one class. */
    public static List<ClassBytes> type(String name, String superclass, Consumer<ClassWriter> members) {
        return type(ACC_PUBLIC, name, superclass, new String[0], members);
    }

    /** A script that is one class. */
    public static List<ClassBytes> type(
            int access, String name, String superclass, String[] interfaces, Consumer<ClassWriter> members) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(V17, access | ACC_SUPER, name, null, superclass, interfaces);
        members.accept(writer);
        writer.visitEnd();
        return List.of(new ClassBytes(name.replace('/', '.'), writer.toByteArray()));
    }

    /** Adds a method that does this and returns. */
    public static void method(
            ClassWriter writer, int access, String name, String descriptor, Consumer<MethodVisitor> body) {
        MethodVisitor method = writer.visitMethod(access, name, descriptor, null, null);
        method.visitCode();
        body.accept(method);
        method.visitInsn(RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }
}
