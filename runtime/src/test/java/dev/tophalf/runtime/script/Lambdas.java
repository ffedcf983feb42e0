package dev.tophalf.runtime.script;

import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Two functions with lambdas in them, in the shape that the dialect gives them. */
public final class Lambdas implements Opcodes {
    public static final ScriptSource SOURCE = new ScriptSource("test.groovy", "");

    private static final String HANDLER = "Ldev/tophalf/runtime/script/TestKernel$handler_t;";
    private static final String METAFACTORY_TYPE = "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;"
            + "Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodHandle;"
            + "Ljava/lang/invoke/MethodType;)Ljava/lang/invoke/CallSite;";

    private Lambdas() {}

    /** {@code plain()} and {@code capturing(String, long)}, which return handlers. */
    public static List<ClassBytes> classes() {
        return HandMade.type("test_ko", "dev/tophalf/runtime/script/DriverScript", writer -> {
            plain(writer);
            capturing(writer);
        });
    }

    private static void plain(ClassWriter writer) {
        MethodVisitor plain = begin(writer, ACC_PUBLIC, "plain", "()" + HANDLER, 7);
        pointer(plain, "()" + HANDLER, "plain$block1", "(ILjava/lang/Object;)I");
        plain.visitInsn(ARETURN);
        end(plain);

        MethodVisitor block = begin(writer, ACC_PRIVATE, "plain$block1", "(ILjava/lang/Object;)I", 8);
        block.visitVarInsn(ILOAD, 0);
        block.visitInsn(ICONST_1);
        block.visitMethodInsn(INVOKESTATIC, "dev/tophalf/runtime/script/TestKernel", "add", "(II)I", false);
        block.visitInsn(IRETURN);
        end(block);
    }

    private static void capturing(ClassWriter writer) {
        String type = "(Ljava/lang/String;J)" + HANDLER;
        MethodVisitor capturing = begin(writer, ACC_PUBLIC, "capturing", type, 10);
        capturing.visitVarInsn(ALOAD, 0);
        capturing.visitVarInsn(LLOAD, 1);
        pointer(capturing, type, "capturing$block1", "(Ljava/lang/String;JILjava/lang/Object;)I");
        capturing.visitInsn(ARETURN);
        end(capturing);

        MethodVisitor block =
                begin(writer, ACC_PRIVATE, "capturing$block1", "(Ljava/lang/String;JILjava/lang/Object;)I", 11);
        block.visitVarInsn(ALOAD, 0);
        block.visitMethodInsn(INVOKEVIRTUAL, "java/lang/String", "length", "()I", false);
        block.visitVarInsn(LLOAD, 1);
        block.visitInsn(L2I);
        block.visitInsn(IADD);
        block.visitVarInsn(ILOAD, 3);
        block.visitInsn(IADD);
        block.visitInsn(IRETURN);
        end(block);
    }

    private static MethodVisitor begin(ClassWriter writer, int access, String name, String descriptor, int line) {
        MethodVisitor method = writer.visitMethod(access | ACC_STATIC, name, descriptor, null, null);
        method.visitCode();
        Label start = new Label();
        method.visitLabel(start);
        method.visitLineNumber(line, start);
        return method;
    }

    private static void pointer(MethodVisitor method, String site, String target, String descriptor) {
        method.visitInvokeDynamicInsn(
                "handle",
                site,
                new Handle(
                        H_INVOKESTATIC, "java/lang/invoke/LambdaMetafactory", "metafactory", METAFACTORY_TYPE, false),
                Type.getMethodType("(ILjava/lang/Object;)I"),
                new Handle(H_INVOKESTATIC, "test_ko", target, descriptor, false),
                Type.getMethodType("(ILjava/lang/Object;)I"));
    }

    private static void end(MethodVisitor method) {
        method.visitMaxs(0, 0);
        method.visitEnd();
    }
}
