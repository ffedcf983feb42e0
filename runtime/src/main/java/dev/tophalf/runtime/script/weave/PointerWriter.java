package dev.tophalf.runtime.script.weave;

import dev.tophalf.runtime.script.ClassBytes;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Writes the class of one function pointer. In Java it would read
 *
 * <pre>
 * public final class button_ko$$button_irq$irq_handler_t$5ca1ab1e implements irq_handler_t, FunctionPointer {
 *     public static final irq_handler_t INSTANCE = new button_ko$$button_irq$irq_handler_t$5ca1ab1e();
 *     public int handle(int irq, Object data) { return button_ko.button_irq(irq, data); }
 *     public String functionName() { return "button_irq"; }
 *     public String file() { return "button.groovy"; }
 *     public int line() { return 12; }
 *     public String toString() { return "button_irq"; }
 * }</pre>
 *
 * <p>If the function is a lambda that captures variables, there is a field for each of them and, instead of the
 * instance, {@code public static irq_handler_t make(captured...)}.
 */
final class PointerWriter {
    /** The static field that holds the pointer. */
    static final String INSTANCE = "INSTANCE";

    /** The static method that makes a pointer with captured variables. */
    static final String MAKE = "make";

    private static final String POINTER = "dev/tophalf/runtime/contract/FunctionPointer";
    private static final String OBJECT = "java/lang/Object";
    private static final String STRING_RESULT = "()Ljava/lang/String;";

    private final PointerShape shape;
    private final ClassNode node = new ClassNode();
    private @Nullable String gateHooks;
    private int gateSite;

    PointerWriter(PointerShape shape, String name) {
        this.shape = shape;
        node.visit(
                Opcodes.V17,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                name,
                null,
                OBJECT,
                new String[] {shape.type(), POINTER});
    }

    /** Makes a call through the pointer pass the gate, for a function of the kernel. */
    void gate(String hooks, int site) {
        this.gateHooks = hooks;
        this.gateSite = site;
    }

    /** The class, of a pointer that says of itself that it points to {@code function}, defined there. */
    ClassBytes write(String function, String file, int line) {
        if (shape.captured().length == 0) {
            instance();
        } else {
            make();
        }
        constructor();
        call();
        constant("functionName", STRING_RESULT, function);
        constant("file", STRING_RESULT, file);
        constant("line", "()I", line);
        constant("toString", STRING_RESULT, function);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        node.accept(writer);
        return new ClassBytes(node.name, writer.toByteArray());
    }

    private void instance() {
        String type = "L" + shape.type() + ";";
        int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;
        node.fields.add(new FieldNode(access, INSTANCE, type, null, null));
        InsnList code = method(Opcodes.ACC_STATIC, "<clinit>", "()V");
        construct(code);
        code.add(new FieldInsnNode(Opcodes.PUTSTATIC, node.name, INSTANCE, type));
        code.add(new InsnNode(Opcodes.RETURN));
    }

    private void make() {
        InsnList code = method(
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, MAKE, shape.site().getDescriptor());
        construct(code);
        code.add(new InsnNode(Opcodes.ARETURN));
    }

    /** Pushes a new pointer, made of the method's own parameters. */
    private void construct(InsnList code) {
        code.add(new TypeInsnNode(Opcodes.NEW, node.name));
        code.add(new InsnNode(Opcodes.DUP));
        int slot = 0;
        for (Type type : shape.captured()) {
            code.add(new VarInsnNode(type.getOpcode(Opcodes.ILOAD), slot));
            slot += type.getSize();
        }
        code.add(new MethodInsnNode(Opcodes.INVOKESPECIAL, node.name, "<init>", constructorType(), false));
    }

    private String constructorType() {
        return Type.getMethodDescriptor(Type.VOID_TYPE, shape.captured());
    }

    private void constructor() {
        InsnList code = method(Opcodes.ACC_PRIVATE, "<init>", constructorType());
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new MethodInsnNode(Opcodes.INVOKESPECIAL, OBJECT, "<init>", "()V", false));
        Type[] captured = shape.captured();
        for (int i = 0, slot = 1; i < captured.length; slot += captured[i].getSize(), i++) {
            int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL;
            node.fields.add(new FieldNode(access, field(i), captured[i].getDescriptor(), null, null));
            code.add(new VarInsnNode(Opcodes.ALOAD, 0));
            code.add(new VarInsnNode(captured[i].getOpcode(Opcodes.ILOAD), slot));
            code.add(new FieldInsnNode(Opcodes.PUTFIELD, node.name, field(i), captured[i].getDescriptor()));
        }
        code.add(new InsnNode(Opcodes.RETURN));
    }

    private static String field(int index) {
        return "captured" + index;
    }

    private void call() {
        String descriptor = shape.erased().getDescriptor();
        InsnList code = method(Opcodes.ACC_PUBLIC, shape.method(), descriptor);
        if (gateHooks != null) {
            passGate(code, gateHooks);
        }
        loadArguments(code);
        code.add(new MethodInsnNode(
                Opcodes.INVOKESTATIC,
                shape.target().getOwner(),
                shape.target().getName(),
                shape.target().getDesc(),
                shape.target().isInterface()));
        Type known = shape.instantiated().getReturnType();
        Adaptation.adapt(code, Type.getReturnType(shape.target().getDesc()), known);
        Adaptation.adapt(code, known, Type.getReturnType(descriptor));
        code.add(new InsnNode(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN)));
    }

    private void passGate(InsnList code, String hooks) {
        Type[] parameters = shape.erased().getArgumentTypes();
        code.add(WovenMethod.push(gateSite));
        if (parameters.length > 0) {
            GateCalls.box(code, parameters, 1);
        }
        String descriptor = parameters.length > 0 ? "(I[Ljava/lang/Object;)V" : "(I)V";
        code.add(new MethodInsnNode(Opcodes.INVOKESTATIC, hooks, "call", descriptor, false));
    }

    /** Pushes what was captured and then the method's own parameters, as the function wants them. */
    private void loadArguments(InsnList code) {
        Type[] wanted = Type.getArgumentTypes(shape.target().getDesc());
        Type[] captured = shape.captured();
        for (int i = 0; i < captured.length; i++) {
            code.add(new VarInsnNode(Opcodes.ALOAD, 0));
            code.add(new FieldInsnNode(Opcodes.GETFIELD, node.name, field(i), captured[i].getDescriptor()));
            Adaptation.adapt(code, captured[i], wanted[i]);
        }
        Type[] given = shape.erased().getArgumentTypes();
        Type[] known = shape.instantiated().getArgumentTypes();
        for (int i = 0, slot = 1; i < given.length; slot += given[i].getSize(), i++) {
            code.add(new VarInsnNode(given[i].getOpcode(Opcodes.ILOAD), slot));
            Adaptation.adapt(code, given[i], known[i]);
            Adaptation.adapt(code, known[i], wanted[captured.length + i]);
        }
    }

    private void constant(String name, String descriptor, Object value) {
        InsnList code = method(Opcodes.ACC_PUBLIC, name, descriptor);
        code.add(new LdcInsnNode(value));
        code.add(new InsnNode(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN)));
    }

    private InsnList method(int access, String name, String descriptor) {
        MethodNode method = new MethodNode(access, name, descriptor, null, null);
        node.methods.add(method);
        return method.instructions;
    }
}
