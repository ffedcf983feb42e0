package dev.tophalf.runtime.script.verify;

import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.signature.SignatureReader;
import org.objectweb.asm.signature.SignatureVisitor;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** Judges what a class declares: its name and ancestors, its fields and methods and the types in them. */
final class ClassCheck {
    private static final int NO_STRUCT = Opcodes.ACC_MODULE | Opcodes.ACC_ANNOTATION | Opcodes.ACC_RECORD;

    /**
     * Methods of objects that the JVM, the host or Groovy would call on its own account: at the end of an object's life,
     * when it is printed, compared, copied, converted or sent, or to find its members by name. None of these calls would
     * be the driver's.
     */
    private static final Set<String> RESERVED = ImmutableSet.of(
            "finalize",
            "toString",
            "hashCode",
            "equals",
            "compareTo",
            "clone",
            "getClass",
            "notify",
            "notifyAll",
            "wait",
            "invokeMethod",
            "getProperty",
            "setProperty",
            "getMetaClass",
            "setMetaClass",
            "methodMissing",
            "propertyMissing",
            "asType",
            "asBoolean",
            "isCase",
            "readObject",
            "readObjectNoData",
            "writeObject",
            "readResolve",
            "writeReplace",
            "readExternal",
            "writeExternal");

    /** Functions that would hide a method of {@code Object}, or be taken for the start of a program. */
    private static final Set<String> RESERVED_FUNCTIONS = ImmutableSet.of(
            "finalize()",
            "toString()",
            "hashCode()",
            "equals(Ljava/lang/Object;)",
            "clone()",
            "getClass()",
            "notify()",
            "notifyAll()",
            "wait()",
            "wait(J)",
            "wait(JI)",
            "main([Ljava/lang/String;)");

    private final ClassNode node;
    private final Permissions permissions;
    private final Complaints complaints;

    private final int line;

    ClassCheck(ClassNode node, Permissions permissions, Complaints complaints) {
        this.node = node;
        this.permissions = permissions;
        this.complaints = complaints;
        this.line = complaints.lineOf("(?:class|interface|enum|record)\\s+" + Pattern.quote(node.name) + "\\b");
    }

    void check() {
        checkHead();
        checkSignature(line, node.signature);
        new AnnotationCheck(permissions, complaints, line).check(node);
        for (FieldNode field : node.fields) {
            checkField(field);
        }
        for (MethodNode method : node.methods) {
            checkMethod(method);
        }
    }

    private void checkHead() {
        if (node.name.contains("/")) {
            complaints.add(line, "class " + Names.readable(node.name) + " is in a package; a driver has none");
        }
        if (node.name.contains("$$")) {
            complaints.add(line, "a struct cannot be called " + node.name + "; the name is reserved");
        }
        if ((node.version & 0xFFFF) > Opcodes.V17 || (node.version & 0xFFFF) < Opcodes.V1_8) {
            complaints.add(line, "class " + node.name + " has class file version " + (node.version & 0xFFFF));
        }
        if ((node.access & NO_STRUCT) != 0) {
            complaints.add(line, node.name + " is a module, annotation or record; a driver has structs only");
        }
        checkAncestors();
        checkKin(node.nestHostClass == null ? List.of() : List.of(node.nestHostClass));
        checkKin(node.nestMembers);
        checkKin(node.permittedSubclasses);
        checkKin(node.outerClass == null ? List.of() : List.of(node.outerClass));
        checkKin(node.innerClasses.stream().map(inner -> inner.name).toList());
    }

    /** Classes that it claims to be part of, or to have parts in, must be the driver's own. */
    private void checkKin(@Nullable List<String> names) {
        for (String name : names == null ? List.<String>of() : names) {
            if (!permissions.isScript(name)) {
                complaints.add(line, "class " + node.name + " claims to be part of " + Names.readable(name));
            }
        }
    }

    private void checkAncestors() {
        if (!permissions.mayExtend(node.superName)) {
            String superclass = Names.readable(node.superName);
            complaints.refuse(line, "class " + node.name + " extends " + superclass + ", which", node.superName);
        }
        for (String type : node.interfaces) {
            if (!permissions.mayImplement(type)) {
                complaints.refuse(line, "class " + node.name + " implements " + Names.readable(type) + ", which", type);
            }
        }
    }

    private void checkField(FieldNode field) {
        if (!permissions.mayName(Type.getType(field.desc))) {
            refuseType(line, Type.getType(field.desc), "the type of " + field.name + ", ");
        }
        if (field.name.equals("metaClass") || field.name.equals("serialVersionUID")) {
            complaints.add(line, "a struct cannot have a member " + field.name);
        }
        checkSignature(line, field.signature);
    }

    private void checkMethod(MethodNode method) {
        MethodCheck check = new MethodCheck(method, permissions, complaints);
        int first = check.firstLine() == 0 ? line : check.firstLine();
        if (isReserved(method)) {
            complaints.add(first, "a function cannot be called " + method.name + "; the name is reserved");
        }
        if ((method.access & (Opcodes.ACC_NATIVE | Opcodes.ACC_SYNCHRONIZED)) != 0) {
            complaints.add(first, method.name + "() is native or synchronized; use a lock of the kernel");
        }
        if (!permissions.mayName(Type.getMethodType(method.desc))) {
            refuseType(first, Type.getMethodType(method.desc), "");
        }
        for (String exception : method.exceptions) {
            if (!permissions.mayName(exception)) {
                complaints.refuse(first, Names.readable(exception), exception);
            }
        }
        checkSignature(first, method.signature);
        check.check();
    }

    private static boolean isReserved(MethodNode method) {
        String parameters = method.desc.substring(0, method.desc.indexOf(')') + 1);
        boolean isStatic = (method.access & Opcodes.ACC_STATIC) != 0;
        return isStatic ? RESERVED_FUNCTIONS.contains(method.name + parameters) : RESERVED.contains(method.name);
    }

    private void refuseType(int place, Type type, String role) {
        for (Type part : Names.parts(type)) {
            if (!permissions.mayName(part)) {
                complaints.refuse(place, role + Names.readable(part.getInternalName()), part.getInternalName());
            }
        }
    }

    /** Generic types are read by reflection only, but reflection over a driver's fields is what the host does. */
    private void checkSignature(int place, @Nullable String signature) {
        if (signature != null) {
            new SignatureReader(signature).accept(new SignatureVisitor(Opcodes.ASM9) {
                @Override
                public void visitClassType(String name) {
                    if (!permissions.mayName(name)) {
                        complaints.refuse(place, Names.readable(name), name);
                    }
                }
            });
        }
    }
}
