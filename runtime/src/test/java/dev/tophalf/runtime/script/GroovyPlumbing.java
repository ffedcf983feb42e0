package dev.tophalf.runtime.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Takes out what Groovy's own compiler adds to every class for dynamic Groovy: the metaclass, its accessors and the entry
 * point of a stand-alone script. What is left has the shape of what the dialect compiles to.
 */
final class GroovyPlumbing {
    private static final String FILE_SCOPE = "dev/tophalf/runtime/script/DriverScript";

    private static final String SCRIPT = "groovy/lang/Script";
    private static final String GROOVY_OBJECT = "groovy/lang/GroovyObject";
    private static final String META_CLASS_FIELD = "metaClass";
    private static final String META_CLASS_GETTER = "$getStaticMetaClass";
    private static final Set<String> FIELDS = Set.of("$staticClassInfo", "__$stMC", META_CLASS_FIELD);
    private static final Set<String> METHODS = Set.of(
            META_CLASS_GETTER + "()Lgroovy/lang/MetaClass;",
            "getMetaClass()Lgroovy/lang/MetaClass;",
            "setMetaClass(Lgroovy/lang/MetaClass;)V",
            "main([Ljava/lang/String;)V");
    private static final String WITH_BINDING = "(Lgroovy/lang/Binding;)V";

    private GroovyPlumbing() {}

    static ClassBytes strip(ClassBytes bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes.bytes()).accept(node, 0);
        strip(node);
        ClassWriter writer = new ClassWriter(0);
        node.accept(writer);
        return new ClassBytes(bytes.name(), writer.toByteArray());
    }

    private static void strip(ClassNode node) {
        node.fields.removeIf(field -> FIELDS.contains(field.name) && (field.access & Opcodes.ACC_SYNTHETIC) != 0);
        node.methods.removeIf(method -> METHODS.contains(method.name + method.desc) && isGenerated(method));
        node.interfaces.remove(GROOVY_OBJECT);
        if (SCRIPT.equals(node.superName)) {
            node.methods.removeIf(method -> method.name.equals("<init>") && method.desc.equals(WITH_BINDING));
        }
        for (MethodNode method : node.methods) {
            if (method.name.equals("<init>")) {
                stripMetaClassStore(method);
                replaceSuperCall(method);
            }
        }
        node.superName = superclass(node.superName);
        stripAnnotations(node);
    }

    private static String superclass(String name) {
        String superclass = name == null ? "java/lang/Object" : name;
        return superclass.equals(SCRIPT) ? FILE_SCOPE : superclass;
    }

    private static boolean isGenerated(MethodNode method) {
        return (method.access & Opcodes.ACC_SYNTHETIC) != 0
                || hasGenerated(method.visibleAnnotations)
                || hasGenerated(method.invisibleAnnotations);
    }

    private static boolean hasGenerated(List<AnnotationNode> annotations) {
        return annotations != null
                && annotations.stream().anyMatch(annotation -> annotation.desc.equals("Lgroovy/transform/Generated;"));
    }

    /** Takes out {@code this.metaClass = this.$getStaticMetaClass()}. */
    private static void stripMetaClassStore(MethodNode constructor) {
        for (AbstractInsnNode instruction : constructor.instructions.toArray()) {
            if (instruction instanceof MethodInsnNode call && call.name.equals(META_CLASS_GETTER)) {
                List<AbstractInsnNode> store = metaClassStore(call);
                store.forEach(constructor.instructions::remove);
            }
        }
    }

    /** The five instructions of the store around {@code call}, or none if they are not exactly those. */
    private static List<AbstractInsnNode> metaClassStore(MethodInsnNode call) {
        List<AbstractInsnNode> found = new ArrayList<>();
        AbstractInsnNode next = call.getPrevious();
        for (int opcode :
                new int[] {Opcodes.ALOAD, Opcodes.INVOKEVIRTUAL, Opcodes.ALOAD, Opcodes.SWAP, Opcodes.PUTFIELD}) {
            if (next == null || next.getOpcode() != opcode) {
                return List.of();
            }
            found.add(next);
            next = next.getNext();
        }
        boolean storesMetaClass = found.get(4) instanceof FieldInsnNode store && store.name.equals(META_CLASS_FIELD);
        return storesMetaClass ? found : List.of();
    }

    private static void replaceSuperCall(MethodNode constructor) {
        for (AbstractInsnNode instruction : constructor.instructions.toArray()) {
            if (instruction instanceof MethodInsnNode call
                    && call.getOpcode() == Opcodes.INVOKESPECIAL
                    && call.desc.equals("()V")) {
                call.owner = superclass(call.owner);
            }
        }
    }

    private static void stripAnnotations(ClassNode node) {
        node.visibleAnnotations = null;
        node.invisibleAnnotations = null;
        node.visibleTypeAnnotations = null;
        node.invisibleTypeAnnotations = null;
        node.fields.forEach(field -> {
            field.visibleAnnotations = null;
            field.invisibleAnnotations = null;
            field.visibleTypeAnnotations = null;
            field.invisibleTypeAnnotations = null;
        });
        node.methods.forEach(GroovyPlumbing::stripAnnotations);
    }

    private static void stripAnnotations(MethodNode method) {
        method.visibleAnnotations = null;
        method.invisibleAnnotations = null;
        method.visibleTypeAnnotations = null;
        method.invisibleTypeAnnotations = null;
        method.visibleParameterAnnotations = null;
        method.invisibleParameterAnnotations = null;
        method.visibleLocalVariableAnnotations = null;
        method.invisibleLocalVariableAnnotations = null;
        method.annotationDefault = null;
    }
}
