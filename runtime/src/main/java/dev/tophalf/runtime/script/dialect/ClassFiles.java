package dev.tophalf.runtime.script.dialect;

import dev.tophalf.runtime.script.ClassBytes;
import dev.tophalf.runtime.script.Deadline;
import dev.tophalf.runtime.script.dialect.body.Output;
import dev.tophalf.runtime.script.dialect.names.Unit;
import dev.tophalf.runtime.script.dialect.tree.Code;
import dev.tophalf.runtime.script.dialect.tree.Local;
import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.ClassInfo;
import dev.tophalf.runtime.script.dialect.type.ClassType;
import dev.tophalf.runtime.script.dialect.type.Member;
import dev.tophalf.runtime.script.dialect.type.ScriptClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Writes the classes of a script. */
final class ClassFiles {
    private static final String OBJECT = "java/lang/Object";

    private final Unit unit;
    private final String sourceFile;

    ClassFiles(Unit unit, String file) {
        this.unit = unit;
        this.sourceFile = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    }

    List<ClassBytes> write(Output output) {
        List<ClassBytes> classes = new ArrayList<>();
        for (Map.Entry<ScriptClass, List<Output.Function>> entry :
                output.classes().entrySet()) {
            Deadline.check();
            ScriptClass written = entry.getKey();
            classes.add(new ClassBytes(written.name(), write(written, entry.getValue())));
        }
        return classes;
    }

    private byte[] write(ScriptClass written, List<Output.Function> functions) {
        ClassWriter writer = new FrameWriter();
        ClassType superclass = written.superclass();
        writer.visit(
                Opcodes.V17,
                written.isInterface()
                        ? Opcodes.ACC_PUBLIC | Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT
                        : Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER,
                written.internalName(),
                Signatures.of(written),
                superclass == null ? OBJECT : superclass.info().internalName(),
                null);
        writer.visitSource(sourceFile, null);
        for (Member member : written.ownMembers()) {
            int access = Opcodes.ACC_PUBLIC | (member.isStatic() ? Opcodes.ACC_STATIC : 0);
            writer.visitField(access, member.name(), member.storage(), Signatures.of(member), null)
                    .visitEnd();
        }
        if (written == unit.file()) {
            writeConstructor(writer, written);
        }
        for (Output.Function function : functions) {
            Deadline.check();
            write(writer, function);
        }
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void writeConstructor(ClassWriter writer, ScriptClass file) {
        ClassType superclass = file.superclass();
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        method.visitCode();
        method.visitVarInsn(Opcodes.ALOAD, 0);
        String owner = superclass == null ? OBJECT : superclass.info().internalName();
        method.visitMethodInsn(Opcodes.INVOKESPECIAL, owner, "<init>", "()V", false);
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    private static void write(ClassWriter writer, Output.Function function) {
        Callable callable = function.callable();
        boolean isAbstract = function.body() == null;
        int access = Opcodes.ACC_PUBLIC
                | (callable.isStatic() ? Opcodes.ACC_STATIC : 0)
                | (isAbstract ? Opcodes.ACC_ABSTRACT : 0);
        int modifiers = callable.name().equals("<clinit>") ? Opcodes.ACC_STATIC : access;
        MethodVisitor method =
                writer.visitMethod(modifiers, callable.name(), callable.descriptor(), Signatures.of(callable), null);
        if (function.body() != null) {
            method.visitCode();
            int slot = 0;
            for (Local parameter : function.parameters()) {
                parameter.setSlot(slot);
                slot += parameter.passedSlots();
            }
            Code code = new Code(method, slot);
            code.line(callable.line());
            function.body().emit(code);
            method.visitMaxs(0, 0);
        }
        method.visitEnd();
    }

    /** Computes stack map frames without loading a class of the script. */
    private final class FrameWriter extends ClassWriter {
        FrameWriter() {
            super(COMPUTE_FRAMES | COMPUTE_MAXS);
        }

        @Override
        protected String getCommonSuperClass(String first, String second) {
            ClassInfo a = find(first);
            ClassInfo b = find(second);
            if (a == null || b == null || a.isInterface() || b.isInterface()) {
                return OBJECT;
            }
            for (ClassInfo at = a; at != null; at = parent(at)) {
                if (b.isA(at)) {
                    return at.internalName();
                }
            }
            return OBJECT;
        }

        private static @Nullable ClassInfo parent(ClassInfo at) {
            ClassType superclass = at.superclass();
            return superclass == null ? null : superclass.info();
        }

        private @Nullable ClassInfo find(String internalName) {
            if (internalName.equals(unit.file().internalName())) {
                return unit.file();
            }
            if (internalName.indexOf('/') < 0) {
                return unit.type(internalName);
            }
            try {
                ClassLoader loader = ClassFiles.class.getClassLoader();
                return unit.types().info(Class.forName(internalName.replace('/', '.'), false, loader));
            } catch (ClassNotFoundException e) {
                return null;
            }
        }
    }
}
