package dev.tophalf.runtime.script.verify;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** Judges annotations: they would be read by whoever looks at a script by reflection. */
final class AnnotationCheck {
    private final Permissions permissions;
    private final Complaints complaints;
    private final int line;

    AnnotationCheck(Permissions permissions, Complaints complaints, int line) {
        this.permissions = permissions;
        this.complaints = complaints;
        this.line = line;
    }

    void check(ClassNode node) {
        check(node.visibleAnnotations);
        check(node.invisibleAnnotations);
        check(node.visibleTypeAnnotations);
        check(node.invisibleTypeAnnotations);
        for (FieldNode field : node.fields) {
            check(field.visibleAnnotations);
            check(field.invisibleAnnotations);
            check(field.visibleTypeAnnotations);
            check(field.invisibleTypeAnnotations);
        }
        node.methods.forEach(this::check);
    }

    private void check(MethodNode method) {
        check(method.visibleAnnotations);
        check(method.invisibleAnnotations);
        check(method.visibleTypeAnnotations);
        check(method.invisibleTypeAnnotations);
        check(method.visibleParameterAnnotations);
        check(method.invisibleParameterAnnotations);
    }

    private void check(List<AnnotationNode> @Nullable [] parameters) {
        if (parameters != null) {
            for (List<AnnotationNode> parameter : parameters) {
                check(parameter);
            }
        }
    }

    private void check(@Nullable List<? extends AnnotationNode> annotations) {
        if (annotations != null) {
            for (AnnotationNode annotation : annotations) {
                Type type = Type.getType(annotation.desc);
                if (!permissions.mayName(type)) {
                    complaints.refuse(line, "@" + Names.readable(type.getInternalName()), type.getInternalName());
                }
            }
        }
    }
}
